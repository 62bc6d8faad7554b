"""New rows that are perhaps a stored record, an earlier row, or a row of another file. Never taken for the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from fedele.journal.models import Entry
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.lines import Lines
from fedele.records.exchange.marks import known_among
from fedele.records.fields import fields_of, from_model_cached
from fedele.records.likeness import Likeness, is_compared, likeness_of
from fedele.search.naming import key_of, named

if TYPE_CHECKING:
    from fedele.records.exchange.matching import Matcher

#: Stored records a row is shown beside.
MOST = 3


class Alike:
    def __init__(self, matcher: Matcher) -> None:
        self.matcher, self.record_type = matcher, matcher.record_type
        #: Kept for the whole file: what rows say is compared in the same way when they are checked and when they come in.
        self._above = Lines()
        fields = fields_of(self.record_type)
        #: Ways to reach somebody: two rows of one name that share one are perhaps one person.
        self._ways = [name for name, one in fields.items() if one.kind in ("email", "phone")]

    def look_for(self, candidates: list[Candidate]) -> None:
        """Says of each new row what it is like. Rows a person decided about are believed."""
        undecided = [one for one in candidates if one.line not in self.matcher.decided]
        self._recognise(undecided)
        undecided = [one for one in undecided if one.fate == "new"]
        if is_compared(self.record_type.key):
            self._compare(undecided)
        self._find_namesakes([one for one in undecided if one.fate == "new"])
        for one in undecided:
            self._look_above(one)

    def _recognise(self, candidates: list[Candidate]) -> None:
        """Rows that came in before, word for word, and whose record is still there."""
        digests = {one.line: self.matcher.digest(one) for one in candidates}
        marks = known_among(self.record_type.key, list(digests.values()), self.matcher.source_id)
        if not marks:
            return
        ids = {mark.record_id for mark in marks.values()}
        visible = self.record_type.model.objects.visible_to(self.matcher.user).filter(pk__in=ids)
        there = set(visible.values_list("pk", flat=True))
        for one in candidates:
            mark = marks.get(digests[one.line])
            if mark is not None and mark.record_id in there:
                told = {"number": mark.source_id, "line": mark.line}
                one.fate, one.like = "unchanged", _("came with import no. %(number)s, line %(line)s") % told

    # --- by whoever knows how people and companies are compared ---

    def _compare(self, candidates: list[Candidate]) -> None:
        """Records this import itself made do not count: the check saw none of them, and promised what would happen."""
        records, made = [one.record for one in candidates], self.matcher.made.spans
        found = likeness_of(self.record_type.key, records, self.matcher.user, made)
        changed = self._touched([like for likes in found for like in likes])
        for one, likes in zip(candidates, found, strict=True):
            others = [like for like in likes if (like.record_type, like.record_id) not in changed]
            if others:
                one.fate = "duplicate"
                one.matches = [
                    [
                        like.record_type,
                        like.record_id,
                        like.title,
                        like.score,
                        like.is_sure,
                        list(map(str, like.reasons)),
                    ]
                    for like in others[:MOST]
                ]
                one.like = _said(one.matches[0])

    def _touched(self, likes: list[Likeness]) -> set[tuple[str, int]]:
        """Also what it changed, and what it made before it was stopped and went on."""
        if not (likes and self.matcher.batch_id):
            return set()
        ids = {like.record_id for like in likes}
        types = {like.record_type for like in likes}
        entries = Entry.objects.filter(batch_id=self.matcher.batch_id, record_type__in=types, record_id__in=ids)
        return set(entries.values_list("record_type", "record_id"))

    # --- by name and place ---

    def _find_namesakes(self, candidates: list[Candidate]) -> None:
        titles = {one.line: self.matcher.title(one) for one in candidates}
        there = self._there({title for title in titles.values() if title})
        for one in candidates:
            key = (_key(titles[one.line]), *self._place(one.values)) if titles[one.line] else None
            if key in there:
                record_id, title = there[key]
                one.fate, one.like = "duplicate", _("like %(record)s") % {"record": title}
                one.matches = [[self.record_type.key, record_id, title, 1.0, False, [_("same name and place")]]]

    def _there(self, titles: set[str]) -> dict[Any, tuple[int, str]]:
        """{key and place: id, and number and name} of visible records called so."""
        ids = named(self.record_type.key, titles) if titles else {}
        called = {key: name for name, keys in ids.items() for key in keys}
        search = self.record_type.search
        if not called or search is None:
            return {}
        paths = [from_model_cached(self.record_type, name).path for name in self.record_type.exchange.alike]
        rows = self.record_type.model.objects.visible_to(self.matcher.user).filter(pk__in=called)
        found = {}
        for pk, number, *values in rows.values_list("pk", "number", *paths, *search.title):
            title = " ".join(str(part) for part in values[len(paths) :] if part)
            found[(called[pk], *map(comparable, values[: len(paths)]))] = pk, f"{number or ''} {title}".strip()
        return found

    def _place(self, values: dict[str, Any]) -> tuple[str, ...]:
        return tuple(comparable(values.get(name)) for name in self.record_type.exchange.alike)

    # --- among the rows of the file ---

    def _look_above(self, one: Candidate) -> None:
        above = one.line
        for key in self._keys(one):
            above = min(above, self._above.setdefault(hash(key), one.line))
        if above == one.line:
            return
        like: list[Any] = ["", above, "", 1.0, False, [_("like line %(line)s of this file") % {"line": above}]]
        if one.fate == "new":
            one.fate, one.matches, one.like = "duplicate", [like], str(like[5][0])

    def _keys(self, one: Candidate) -> Iterator[tuple[Any, ...]]:
        title = _key(self.matcher.title(one))
        if not title:
            return
        # The parts of a name in any order: surname first is how lists are often written.
        name = " ".join(sorted(title.split()))
        yield (name, *self._place(one.values))
        if is_compared(self.record_type.key):
            for way in self._ways:
                if one.values.get(way):
                    yield (name, "", str(one.values[way]).casefold())


def _said(match: list[Any]) -> str:
    record_type, record_id, title, _score, _is_sure, reasons = match
    what = _("like %(record)s") % {"record": title}
    if not record_type:
        what = _("like line %(line)s of this file") % {"line": record_id}
    return ": ".join([what, ", ".join(reasons)]) if reasons else what


def comparable(value: Any) -> str:
    """A relation by its id; one still to be made is like no other."""
    if hasattr(value, "pk"):
        return str(value.pk or id(value))
    return _key(str(value)) if value else ""


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    """Towns and companies come again and again, and a name is asked for twice."""
    return key_of(text)
