"""When a person is erased, what they wrote and what was written to them goes; that there was mail, and when, stays."""

from __future__ import annotations

from django.db.models import Q

from fedele.inbox.messages.finding import forget
from fedele.inbox.messages.models import Attachment, Message, Thread
from fedele.people.privacy.erasing import before_erasing
from fedele.people.privacy.person import Person

WORDS = (
    "sender",
    "sender_name",
    "subject",
    "text",
    "quoted",
    "signature",
    "signature_html",
    "html",
    "snippet",
    "trouble",
    "message_id",
    "in_reply_to",
)


@before_erasing
def empty_their_mail(person: Person) -> None:
    """The bytes as they came too: what nothing points at any more is swept away in the night."""
    ids = person.ids
    own = Q(contact__in=ids.get("contact", ())) | Q(lead__in=ids.get("lead", ()))
    addresses = {one.email.lower() for one in person.records if one.email}
    messages = Message.objects.filter(own | Q(sender__in=addresses))
    forget(messages.values_list("pk", flat=True))
    threads = list(messages.values_list("thread", flat=True).distinct())
    Attachment.objects.filter(message__in=messages.values("pk")).delete()
    emptied = dict.fromkeys(WORDS, "")
    messages.update(**emptied, raw=None, recipients={}, references=[], notes={}, fingerprint="", is_confidential=True)
    Thread.objects.filter(pk__in=threads).update(subject="", people="", snippet="")
