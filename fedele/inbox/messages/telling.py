"""What mail leaves on the timeline: an entry of the record it is filed on, which its customer's timeline tells as well."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.inbox.messages.models import Message
from fedele.journal.models import Entry
from fedele.journal.sentences import sentence
from fedele.journal.writing import entry_for, write_many
from fedele.records.page.types import EntryAct, acts_on, opens, story_type
from fedele.records.registry import registry

RECEIVED, SENT, NOT_SENT, CAME_BACK = "mail_received", "mail_sent", "mail_failed", "mail_bounced"
VERBS = (RECEIVED, SENT, NOT_SENT, CAME_BACK)
#: On whose pages mail is told of.
PLACES = ("company", "contact", "lead", "opportunity")

sentence(f"*.{RECEIVED}", _("e-mail received: {subject}"), icon="mail")
sentence(f"*.{SENT}", _("e-mail sent: {subject}"), icon="send")
sentence(f"*.{NOT_SENT}", _("e-mail not sent: {subject}"), icon="mail-x")
sentence(f"*.{CAME_BACK}", _("e-mail came back: {subject}"), icon="mail-x")
story_type(
    "mail",
    label=_("E-mail"),
    icon="mail",
    kinds=tuple(f"*.{verb}" for verb in VERBS),
    department="inbox",
    order=30,
    door="mail",
)


def told_on(message: Message) -> Any:
    """The record whose entry it becomes: what it is about, or the person before the firm. None while it is not filed."""
    if message.about_type and message.about_type in registry:
        found = registry.by_key(message.about_type).model.objects.filter(pk=message.about_id).first()
        if found is not None:
            return found
    return message.customer


def tell_of(message: Message, verb: str, **more: Any) -> Entry | None:
    """Written once a message and verb; nothing of what is confidential or on no record."""
    record = None if message.is_confidential else told_on(message)
    if record is None:
        return None
    data = {"subject": str(message), "snippet": message.snippet, "who": message.sender_shown, "message": message.pk}
    # At the moment it came: mail of last month, read for the first time today, stands where it belongs.
    entry = entry_for(record, verb, data={**data, **more}, at=message.at)
    write_many([(record, entry)], react=True)
    return entry


def _open(entry: Entry, user: Any) -> str:
    may = user.rights.may("view", "message") and entry.data.get("message")
    return f"/mail/message/{entry.data['message']}/" if may else ""


def _answer(entry: Entry, user: Any) -> list[EntryAct]:
    if not (user.rights.may("create", "message") and entry.data.get("message")):
        return []
    return [EntryAct(_("Reply"), "reply", f"/mail/write/?reply={entry.data['message']}")]


for _place in PLACES:
    acts_on(f"{_place}.{RECEIVED}")(_answer)
    for _verb in VERBS:
        opens(f"{_place}.{_verb}")(_open)
