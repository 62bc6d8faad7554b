"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.inbox.mailboxes.models import Folder, Mailbox, Rule
from fedele.inbox.messages.models import Attachment, Message, Met, Report, Thread
from fedele.inbox.sending.models import MailTemplate, Writer

__all__ = ["Attachment", "Folder", "MailTemplate", "Mailbox", "Message", "Met", "Report", "Rule", "Thread", "Writer"]
