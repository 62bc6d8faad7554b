"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.inbox.calls.models import Call, Extension, Ring, Telephony
from fedele.inbox.conversations.models import Part, Remark, RemarkFile
from fedele.inbox.mailboxes.models import Folder, Mailbox, Rule
from fedele.inbox.messages.models import Attachment, Message, Met, Report, Thread
from fedele.inbox.pictures.models import Picture
from fedele.inbox.presence.models import Presence
from fedele.inbox.providers.models import Grant, Provider
from fedele.inbox.saving.models import Saved
from fedele.inbox.sending.models import MailTemplate, Writer
from fedele.inbox.unreachable.models import Unreachable

__all__ = [
    "Attachment",
    "Call",
    "Extension",
    "Folder",
    "Grant",
    "MailTemplate",
    "Mailbox",
    "Message",
    "Met",
    "Part",
    "Picture",
    "Presence",
    "Provider",
    "Remark",
    "RemarkFile",
    "Report",
    "Ring",
    "Rule",
    "Saved",
    "Telephony",
    "Thread",
    "Unreachable",
    "Writer",
]
