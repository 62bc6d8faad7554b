"""The rows that stayed out, in the format the file came in, with the reason behind each."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from fedele.records.exchange.decided import Mender
from fedele.records.exchange.guarding import guarded
from fedele.records.exchange.models import Import
from fedele.records.exchange.sheets import xlsx_file
from fedele.records.reading import Row

CHUNK = 1_000


@dataclass(frozen=True)
class Heading:
    """A column of a spreadsheet; all cells are texts, as they were read."""

    label: str
    kind: str = "text"
    is_numeric: bool = False


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_bytes(headers: list[str], rows: Iterator[list[str]], encoding: str, delimiter: str) -> Iterator[bytes]:
    """As the file was written. What its encoding has no letter for becomes a question mark; the file says so nowhere else."""
    writer = csv.writer(_Echo(), delimiter=delimiter or ";")
    codec = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding or "utf-8")
    mark = "\ufeff" if codec.startswith("utf") else ""
    yield (mark + writer.writerow([guarded(header) for header in headers])).encode(codec, "replace")
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row]).encode(codec, "replace")


def sheet(headers: list[str], rows: Iterator[list[str]]) -> Any:
    return xlsx_file([Heading(header) for header in headers], rows)  # type: ignore[arg-type, misc]


def left_rows(source: Import, headers: list[str]) -> Iterator[list[str]]:
    """As many cells as columns, so that the line and the reason always stand in their own. With what was put right since."""
    mend, width = Mender(source, headers), len(headers)
    problems = source.problems.iterator(chunk_size=CHUNK)
    while some := list(islice(problems, CHUNK)):
        rows = [Row(one.line, [*one.cells, *[""] * width][:width]) for one in some]
        for problem, row in zip(some, mend(rows), strict=True):
            yield [*row.cells, str(problem.line), problem.said]
