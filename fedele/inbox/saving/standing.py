"""What can be done with the files of some messages: where they can be put, and which are documents already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.saving.models import Saved
from fedele.knowledge.documents.models import Document
from fedele.knowledge.files.accepting import KINDS, ending_of
from fedele.records.registry import registry

#: What a mail is filed with, what it is about first: there its file mostly belongs.
CUSTOMERS = ("company", "contact", "lead")


@dataclass
class Standing:
    documents: list[Document] = field(default_factory=list)
    #: The records this user may put it on; none for a file of a kind that is not taken.
    places: list[Any] = field(default_factory=list)


def standing_of(files: Iterable[Attachment], messages: Iterable[Message], user: Any) -> dict[int, Standing]:
    """By attachment, in a number of statements that does not grow: the messages are seen by this user."""
    found = {one.pk: Standing() for one in files}
    if not found:
        return found
    for saved in _saved(found, user):
        found[saved.attachment_id].documents.append(saved.document)
    of_message = places_of(messages, user)
    for one in files:
        if ending_of(one.name) in KINDS:
            found[one.pk].places = of_message.get(one.message_id, [])
    return found


def _saved(ids: Iterable[int], user: Any) -> Iterable[Saved]:
    seen = Document.objects.visible_to(user).values("pk")
    return Saved.objects.filter(attachment__in=ids, document__in=seen).select_related("document").order_by("pk")


def places_of(messages: Iterable[Message], user: Any) -> dict[int, list[Any]]:
    """{message: records}; nothing for who may not add documents."""
    if not user.rights.may("create", "document"):
        return {}
    named = {one.pk: _named(one) for one in messages}
    wanted: dict[str, set[int]] = defaultdict(set)
    for key, record_id in (pair for pairs in named.values() for pair in pairs):
        wanted[key].add(record_id)
    seen: dict[tuple[str, int], Any] = {}
    for key, ids in wanted.items():
        for record in registry.by_key(key).model.objects.visible_to(user).filter(pk__in=ids):
            seen[key, record.pk] = record
    return {pk: [seen[pair] for pair in pairs if pair in seen] for pk, pairs in named.items()}


def _named(message: Message) -> list[tuple[str, int]]:
    named = [(message.about_type, message.about_id)] if message.about_type in registry else []
    named += [(key, getattr(message, f"{key}_id")) for key in CUSTOMERS]
    return [(key, record_id) for key, record_id in named if record_id]
