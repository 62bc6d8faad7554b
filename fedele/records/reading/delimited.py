"""Rows of text with a delimiter. Nothing is swallowed: a quotation mark never closed costs its own line only."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator

from django.utils.translation import gettext as _

from fedele.records.reading.delimiters import declared_delimiter, find_delimiter
from fedele.records.reading.encodings import examine
from fedele.records.reading.refusals import Row, UnreadableFile
from fedele.records.reading.source import Source

#: Longest value, in characters; what is longer is a quotation mark gone astray.
MAX_CELL = 131_072
_SAMPLE_CHARACTERS = 262_144
_MOST_UNCLOSED = 100


class Delimited:
    """A CSV file and how it is written. `records()` may be called again and again."""

    kind = "csv"
    sheets: tuple[str, ...] = ()
    sheet = ""

    def __init__(self, source: Source, encoding: str | None = None, delimiter: str | None = None) -> None:
        facts = examine(source, encoding)
        self.source, self.encoding, self.warnings = source, facts.encoding, facts.warnings
        self.line_count, self._has_nul = facts.lines, facts.has_nul
        sample = self._sample()
        declared = declared_delimiter(sample[0]) if sample else ""
        self._skips_first_line = bool(declared)
        self.delimiter = _one_character(delimiter) or declared or find_delimiter(sample)

    def records(self) -> Iterator[Row]:
        """Every record, blank lines left out."""
        with self._open() as stream:
            lines = _Lines(stream)
            if self._skips_first_line:
                next(lines, None)
                lines.forget()
            yield from self._read(lines)

    def _open(self) -> io.TextIOWrapper:
        return self.source.path.open(encoding=self.encoding, errors="replace", newline="")

    def _sample(self) -> list[str]:
        with self._open() as stream:
            lines = list(io.StringIO(stream.read(_SAMPLE_CHARACTERS), newline=""))
            return lines[:-1] if len(lines) > 1 and stream.read(1) else lines

    def _read(self, lines: _Lines) -> Iterator[Row]:
        """Begins anew after the first line of each record that is never closed."""
        csv.field_size_limit(MAX_CELL)
        for _attempt in range(_MOST_UNCLOSED):
            yield from self._closed_records(lines)
            if not lines.held:
                return
            yield lines.give_up_first()
        raise UnreadableFile(_unclosed(lines.start))

    def _closed_records(self, lines: _Lines) -> Iterator[Row]:
        """The records up to the end, or up to one that swallows all that follows; its lines are then held."""
        try:
            for cells in csv.reader(lines, delimiter=self.delimiter):
                if lines.ended:
                    return
                if cells:
                    yield self._row(lines.start, cells, len(lines.held))
                lines.forget()
        except csv.Error:
            return

    def _row(self, line: int, cells: list[str], height: int) -> Row:
        if height > 1:
            cells = [cell.replace("\r\n", "\n") for cell in cells]
        if self._has_nul and any("\0" in cell for cell in cells):
            return Row(line, cells, _("There is a NUL character in this row, which no text contains."))
        return Row(line, cells)


class _Lines:
    """The lines of a stream, those of the record being read kept until it is known to be whole."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.held: list[str] = []
        #: Line where the record being read begins.
        self.start = 1
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline()
        if line:
            self.held.append(line)
            return line
        if self.ended:
            raise StopIteration
        self.ended = True
        return ""  # One more line, so that csv gives the record it has and its lines are seen to be held.

    def forget(self) -> None:
        self.start += len(self.held)
        self.held.clear()

    def give_up_first(self) -> Row:
        """The first held line alone, as a row with a problem; the others come again."""
        first, *others = self.held
        self._again.extendleft(reversed(others))
        self.held.clear()
        self.ended = False
        self.start += 1
        problem = _unclosed(self.start - 1) if others or len(first) <= MAX_CELL else _too_long()
        return Row(self.start - 1, [first[:1000].strip()], problem)


def _unclosed(line: int) -> str:
    return _("A quotation mark opened in line %(line)s is never closed.") % {"line": line}


def _too_long() -> str:
    return _("A value in this row is longer than %(limit)s characters.") % {"limit": MAX_CELL}


def _one_character(delimiter: str | None) -> str:
    if not delimiter:
        return ""
    delimiter = {"tab": "\t", "\\t": "\t"}.get(delimiter.lower(), delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise UnreadableFile(_("The delimiter must be one character, such as ; or a comma."))
    return delimiter
