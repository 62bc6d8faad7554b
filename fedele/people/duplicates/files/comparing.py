"""The pairs and groups of one file, or of one file against another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from fedele.base.memory import uncollected
from fedele.people.duplicates.engine import NO, Identity, Profile, Rarity, compare, groups, judge
from fedele.people.duplicates.engine.blocks import pairs_between, pairs_within
from fedele.people.duplicates.engine.comparing import Match
from fedele.people.duplicates.files.columns import recognise
from fedele.people.duplicates.files.rows import identities
from fedele.records.reading import Table, open_table

#: Rows of the second file in which is counted how frequent names are.
_COUNTED = 50_000
#: Rows that are looked at to understand the columns.
_SAMPLE = 500

Found = tuple[Identity, Identity, Match]


def compare_file(path: Path, mapping: Mapping[str, str]) -> dict[str, Any]:
    """{"pairs", "groups", "columns", "rows"} of a file. Raises UnreadableFile, Misdirected."""
    table, columns = _open(path, mapping)
    profiles = [Profile(identity) for identity in identities(table, columns)]
    rarity = Rarity.of(profiles)
    with uncollected():
        found = [
            (profiles[other].identity, profiles[at].identity, match)
            for at, others in pairs_within(profiles)
            for other in others
            if (match := _match(profiles[other], profiles[at], rarity))
        ]
    return _facts(found, columns, len(profiles), within=True)


def _match(one: Profile, other: Profile, rarity: Rarity) -> Match | None:
    return None if judge(one, other, rarity)[1] == NO else compare(one, other, rarity)


def compare_files(path: Path, against: Path, mapping: Mapping[str, str]) -> dict[str, Any]:
    """The pairs of a row of `path` and one of `against`, which is read row by row. The mapping is for both."""
    table, columns = _open(path, mapping)
    other_table, other_columns = _open(against, mapping)
    ours = [Profile(identity) for identity in identities(table, columns)]
    sample = [Profile(one) for one in islice(identities(_open(against, mapping)[0], other_columns), _COUNTED)]
    rarity = Rarity.of((*ours, *sample), max(len(ours), other_table.row_count or 0))
    theirs = map(Profile, identities(other_table, other_columns))
    with uncollected():
        found = [
            (ours[at].identity, other.identity, match)
            for other, places in pairs_between(ours, theirs)
            for at in places
            if (match := _match(ours[at], other, rarity))
        ]
    return {**_facts(found, columns, len(ours), within=False), "columns_against": other_columns}


def _open(path: Path, mapping: Mapping[str, str]) -> tuple[Table, dict[str, str]]:
    table = open_table(path, path.name, max_bytes=path.stat().st_size + 1)
    sample = [[str(cell) for cell in row.cells] for row in table.sample(_SAMPLE) if not row.problem]
    given = {column: field for column, field in mapping.items() if column in table.headers} or mapping
    return table, recognise(table.headers, sample, given)


def _facts(found: list[Found], columns: dict[str, str], rows: int, *, within: bool) -> dict[str, Any]:
    found.sort(key=lambda some: -some[2].score)
    pairs = [
        {
            "a": one.ref.name, "b": other.ref.name, "lines": [one.ref.line, other.ref.line],
            "score": round(match.score, 4), "verdict": match.verdict,
            "reasons": [reason.text for reason in match.reasons],
            "codes": [reason.code for reason in match.reasons],
        }
        for one, other, match in found
    ]  # fmt: skip
    made = groups((("a", one.ref), ("a" if within else "b", other.ref), match.score) for one, other, match in found)
    told = [[ref.name if within else [side, ref.name] for side, ref in group] for group in made]
    return {"rows": rows, "pairs": pairs, "groups": told, "columns": columns}
