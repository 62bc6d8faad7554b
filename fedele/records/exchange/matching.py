"""Which record a row means: by its number, by what identifies one for certain. What it perhaps is, alike.py says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.records.exchange.alike import Alike
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.lines import Lines
from fedele.records.exchange.made import Made
from fedele.records.merging.leading import survivors_by_number
from fedele.search.naming import key_of, named


class Matcher:
    """Knows the rows read so far: all of the file when it is checked, those of the batch when it comes in."""

    def __init__(self, record_type: RecordType, names: Sequence[str], user: Any, batch_id: int | None) -> None:
        self.record_type, self.names, self.user, self.batch_id = record_type, names, user, batch_id
        self._key = record_type.exchange.key
        #: What people said about rows of this batch: {line: decision}. Set before each batch, as the two below are once.
        self.decided: dict[int, Any] = {}
        #: The import that reads, and the digest by which a row of its file is known again.
        self.source_id: int | None = None
        self.digest: Callable[[Candidate], int] = lambda _one: 0
        self.made = Made()
        self._lines: Any = {} if batch_id else Lines()
        self._alike = Alike(self)
        self._related = [
            f.name for f in record_type.model._meta.concrete_fields if f.is_relation and f.name in record_type.related()
        ]

    def begin_batch(self) -> None:
        """What came in with earlier batches is found in the database again, so memory does not grow."""
        if self.batch_id:
            self._lines.clear()

    def claim(self, key: Any, line: int) -> int:
        """The line of this file that said this first; `line` itself when none did."""
        return self._lines.setdefault(hash(key), line)

    def under(self, name: str, values: Iterable[str]) -> dict[str, list[Any]]:
        """{value: records that have it}, of those the user may see."""
        wanted = {value for value in values if value}
        found: dict[str, list[Any]] = defaultdict(list)
        if wanted:
            # Said twice, as the index over the field leaves out empty ones and is used only where that is said.
            records = (
                self.record_type.model.objects.visible_to(self.user)
                .exclude(**{name: ""})
                .filter(**{f"{name}__in": wanted})
            )
            if self.batch_id:
                records = records.select_for_update(of=("self",))
            for record in records.select_related(*self._related).order_by("pk"):
                found[str(getattr(record, name))].append(record)
            if name == self._key and self.record_type.merge is not None and wanted - found.keys():
                self._follow_merges(found, wanted - found.keys())
        return found

    def _follow_merges(self, found: dict[str, list[Any]], numbers: set[str]) -> None:
        """A row under the number of a record that was merged is about what remained."""
        led = survivors_by_number(self.record_type.key, numbers)
        records = self.record_type.model.objects.visible_to(self.user).filter(pk__in=led.values())
        if self.batch_id:
            records = records.select_for_update(of=("self",))
        there = {record.pk: record for record in records.select_related(*self._related)}
        for number, key in led.items():
            found[number] += [there[key]] if key in there else []

    def is_left_out(self, one: Candidate) -> bool:
        return one.line in self.decided and self.decided[one.line].act == "skip"

    # --- for certain ---

    def identify(self, candidates: list[Candidate]) -> None:
        """Gives each row the record it means. A row that means two, or one that another row means, is a problem."""
        names = [name for name in self.names if name != self._key]
        there = {name: self.under(name, (one.values.get(name, "") for one in candidates)) for name in names}
        for one in candidates:
            self._identify(one, there)
        if self.batch_id:
            self._find_brought([one for one in candidates if one.record is not None and not one.problems])

    def _identify(self, one: Candidate, there: dict[str, dict[str, list[Any]]]) -> None:
        for name in self.names:
            value = one.values.get(name)
            if not value or one.problems or self.is_left_out(one):
                continue
            line = self._lines.setdefault(hash((name, value)), one.line)
            if line != one.line:
                one.add_problem(name, _("Line %(line)s of this file says the same.") % {"line": line})
                continue
            records = there.get(name, {}).get(value, [])
            if one.record is None and len(records) > 1:
                one.add_problem(
                    name,
                    _("%(count)s records have this: give the number of the one you mean.") % {"count": len(records)},
                )
            elif one.record is None and records:
                one.record = records[0]
            elif records and all(record.pk != one.record.pk for record in records):
                other = {"record": one.record, "other": records[0]}
                one.add_problem(name, _("This is of %(other)s, the rest of the row is about %(record)s.") % other)

    def _find_brought(self, candidates: list[Candidate]) -> None:
        """Two rows of one file about one record, in batches far apart."""
        assert self.batch_id is not None
        brought = Entry.objects.filter(
            batch_id=self.batch_id,
            record_type=self.record_type.key,
            record_id__in=[one.record.pk for one in candidates],
        )
        lines = {key: data.get("line") for key, data in brought.values_list("record_id", "data")}
        for one in candidates:
            if lines.get(one.record.pk):
                one.add_problem("", _("Line %(line)s of this file says the same.") % {"line": lines[one.record.pk]})

    def adopt(self, candidates: list[Candidate]) -> None:
        """A record that an earlier row of this file only named, as the one it belongs to, is what this row is about."""
        titles = {one.line: key_of(self.title(one)) for one in candidates if one.record is None and not one.problems}
        ids = named(self.record_type.key, titles.values()) if titles and self.batch_id else {}
        if not ids or self.batch_id is None:
            return
        entries = Entry.objects.filter(
            batch_id=self.batch_id,
            record_type=self.record_type.key,
            record_id__in=[key for keys in ids.values() for key in keys],
        )
        only_named = {key for key, data in entries.values_list("record_id", "data") if not data.get("line")}
        only_named -= {key for key, data in entries.values_list("record_id", "data") if data.get("line")}
        records = self.record_type.model.objects.select_for_update(of=("self",)).in_bulk(only_named)
        for one in candidates:
            if one.line in titles:
                one.record = next((records.pop(key) for key in ids.get(titles[one.line], ()) if key in records), None)

    # --- perhaps ---

    def find_namesakes(self, candidates: list[Candidate]) -> None:
        """Says of new records what they are like: stored ones, or rows above. Never taken for the same."""
        self._alike.look_for([one for one in candidates if not self.is_left_out(one)])

    def title(self, one: Candidate) -> str:
        search = self.record_type.search
        return " ".join(str(one.values[name]) for name in search.title if one.values.get(name)) if search else ""
