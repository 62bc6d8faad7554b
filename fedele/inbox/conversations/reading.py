"""What a person sees of conversations: their list, one conversation, the number of unread ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from fedele.inbox.conversations.models import Part, Remark
from fedele.inbox.conversations.wording import marked_up
from fedele.notices.models import Notice
from fedele.records.registry import registry
from fedele.search.finding import find

#: Conversations and messages loaded at a time.
LIST, PAGE = 40, 30
#: As far as unread ones are counted.
COUNTED = 100
#: A search looks through so many of the latest messages of the house, and takes so many of those that say it.
SEARCHED, FOUND = 20_000, 1000

SHOWS = {
    "": gettext_lazy("All I follow"),
    "unread": gettext_lazy("Unread"),
    "named": gettext_lazy("I am mentioned"),
    "mine": gettext_lazy("I wrote in"),
}
_FILTERS = {"unread": Q(is_unread=True), "named": Q(is_named=True), "mine": Q(has_written=True)}


@dataclass(frozen=True)
class Line:
    """One conversation in the list."""

    part: Part
    title: str
    label: str
    icon: str
    url: str
    #: Who wrote last, and what.
    said: str
    author: Any


@dataclass(frozen=True)
class Said:
    """One message as its reader sees it."""

    message: Remark
    html: Markup
    answered: Remark | None
    is_own: bool
    is_new: bool
    may_change: bool
    may_remove: bool


def unread_count(user: Any) -> int:
    """Conversations with something unread, counted up to 100; those about what one may no longer see are none."""
    return len(unread_of(user))


def unread_of(user: Any) -> list[Any]:
    """When something was last said in each of them: asked every few seconds, so a statement, and one for each type of record."""
    rows = list(Part.objects.of(user).unread().values_list("record_type", "record_id", "last_at")[:COUNTED])
    seen = keys_seen([(key, pk) for key, pk, _at in rows], user)
    return [at for key, pk, at in rows if (key, pk) in seen]


def lines_of(user: Any, show: str = "", text: str = "", after: int = 0) -> tuple[list[Line], int]:
    """A page of the list, and where the next begins (0 for none): a statement for each type of record in it."""
    parts = Part.objects.of(user).exclude(last=None).select_related("last__author")
    parts = parts.filter(_FILTERS.get(show, Q()))
    if text:
        parts = parts.filter(_saying(text) | _about(user, text))
    found = list(parts.order_by("-is_unread", "-last_at", "-id")[after : after + LIST + 1])
    titles = seen_of([(one.record_type, one.record_id) for one in found], user)
    lines = [_line(one, titles[one.record_type, one.record_id]) for one in found[:LIST] if _key(one) in titles]
    return lines, after + LIST if len(found) > LIST else 0


def _key(part: Part) -> tuple[str, int]:
    return part.record_type, part.record_id


def _saying(text: str) -> Q:
    """Conversations in which it was said lately: what a search costs does not grow with all that was ever written."""
    newest = Remark.objects.aggregate(newest=Max("pk"))["newest"] or 0
    said = Remark.objects.filter(pk__gt=newest - SEARCHED, text__icontains=text).order_by("-pk")
    return _any_of(said.values_list("record_type", "record_id")[:FOUND])


def _about(user: Any, text: str) -> Q:
    """Conversations about records that are found by it: by the customer's name, a number, whatever the search knows."""
    own = Part.objects.of(user)
    within = {
        key: registry.by_key(key)
        .model.objects.visible_to(user)
        .filter(pk__in=own.filter(record_type=key).values("record_id"))
        for key in own.order_by().values_list("record_type", flat=True).distinct()
        if key in registry
    }
    return _any_of((hit.record_type, hit.record_id) for hit in find(text, within=within, limit=FOUND))


def _any_of(keys: Iterable[tuple[str, int]]) -> Q:
    by_type: dict[str, set[int]] = {}
    for key, pk in keys:
        by_type.setdefault(key, set()).add(pk)
    wanted = Q(pk__in=())
    for key, ids in by_type.items():
        wanted |= Q(record_type=key, record_id__in=ids)
    return wanted


def _line(part: Part, record: Any) -> Line:
    record_type = registry.by_key(part.record_type)
    said = part.last.text if part.last else ""
    url = f"/conversations/{part.record_type}/{part.record_id}/"
    author = part.last.author if part.last else None
    return Line(part, str(record), str(record_type.label), record_type.icon, url, said[:160], author)


def seen_of(keys: list[tuple[str, int]], user: Any) -> dict[tuple[str, int], Any]:
    """The records among them this user may see: one statement a type."""
    return {(key, one.pk): one for key, found in _visible(keys, user) for one in found}


def keys_seen(keys: list[tuple[str, int]], user: Any) -> set[tuple[str, int]]:
    """The same without the records themselves."""
    return {(key, pk) for key, found in _visible(keys, user) for pk in found.values_list("pk", flat=True)}


def _visible(keys: list[tuple[str, int]], user: Any) -> Iterator[tuple[str, Any]]:
    wanted: dict[str, set[int]] = {}
    for key, pk in keys:
        wanted.setdefault(key, set()).add(pk)
    for key, ids in wanted.items():
        if known := registry.get(key):
            yield key, known.model.objects.visible_to(user).filter(pk__in=ids)


def remarks_of(record: Any, user: Any, *, before: int = 0, after: int = 0, read_to: int | None = None) -> list[Said]:
    """Oldest first: the last page, the one `before` a message, or all (within a page) that came `after` one."""
    found = Remark.objects.about(record).select_related("author", "answers__author").prefetch_related("files__file")
    if after:
        shown = list(found.filter(pk__gt=after).order_by("pk")[:PAGE])
    else:
        earlier = found.filter(pk__lt=before) if before else found
        shown = list(reversed(earlier.order_by("-pk")[:PAGE]))
    return [_said(one, user, read_to) for one in shown]


def _said(message: Remark, user: Any, read_to: int | None) -> Said:
    own = message.author_id == user.pk
    return Said(
        message=message,
        html=marked_up(message.text, message.named),
        answered=message.answers if message.answers and message.answers.record_id == message.record_id else None,
        is_own=own,
        is_new=not own and read_to is not None and message.pk > read_to,
        may_change=message.may_change(user),
        may_remove=message.may_remove(user),
    )


def is_more_before(record: Any, said: list[Said]) -> bool:
    return len(said) == PAGE and Remark.objects.about(record).filter(pk__lt=said[0].message.pk).exists()


def read_up(record: Any, user: Any, to: int) -> None:
    """The conversation was before their eyes up to this message: it is read, and so are the notices that told of it."""
    part = Part.objects.of(user).filter(record_type=record.record_type, record_id=record.pk).first()
    if part is None or (not part.is_unread and part.read_to >= to):
        return
    part.read_to, part.is_unread = max(part.read_to, to), bool(part.last_id and part.last_id > to)
    part.save(update_fields=["read_to", "is_unread"])
    told = Notice.objects.filter(user=user, record_type=record.record_type, record_id=record.pk, read_at=None)
    told.filter(kind__startswith="conversation.").update(read_at=timezone.now())


def mark(record: Any, user: Any, *, unread: bool) -> None:
    Part.objects.of(user).filter(record_type=record.record_type, record_id=record.pk).update(is_unread=unread)
