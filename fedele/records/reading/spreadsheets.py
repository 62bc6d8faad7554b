"""Rows of XLSX, XLSB, XLS and ODS sheets, read by a separate process with limits: see sheet_program.py."""

from __future__ import annotations

import marshal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fedele.records.reading.refusals import Row, UnreadableFile
from fedele.records.reading.source import Source

MEMORY = 1 << 30
CPU_SECONDS = 60
_PROGRAM = str(Path(__file__).with_name("sheet_program.py"))


class Spreadsheet:
    """One sheet of a workbook; `sheet` is a name, or empty for the first."""

    delimiter = encoding = ""

    def __init__(self, source: Source, kind: str, sheet: str | None = None) -> None:
        self.source, self.kind = source, kind
        self.warnings: list[str] = []
        #: Mark that fractions get; set once it is known how the texts of the sheet write theirs.
        self.decimal = "."
        facts, rows = self._begin(0)
        self.sheets = tuple(facts["sheets"])
        if not self.sheets:
            raise UnreadableFile(_("There is no sheet with a table in this file."))
        self.sheet = sheet or self.sheets[0]
        if self.sheet not in self.sheets:
            raise UnreadableFile(_("There is no sheet called “%(name)s” in this file.") % {"name": self.sheet[:80]})
        if self.sheet != self.sheets[0]:
            rows.close()
            facts, rows = self._begin(self.sheets.index(self.sheet))
        self.line_count: int = facts["height"]
        self._begun: Iterator[Any] | None = rows

    def records(self) -> Iterator[Row]:
        """Every row that has a value; fractions are still numbers, see `written`."""
        rows, self._begun = self._begun, None
        if rows is None:
            _facts, rows = self._begin(self.sheets.index(self.sheet))
        for number, cells in rows:
            if any(cells):
                yield Row(number, cells)

    def written(self, cells: list[Any]) -> list[str]:
        """Fractions as text, with the decimal mark of the table."""
        return [cell if type(cell) is str else _fraction(cell, self.decimal) for cell in cells]

    def _begin(self, index: int) -> tuple[dict[str, Any], Any]:
        messages = _run(str(self.source.path), index)
        facts = next(messages)
        return facts, _rows(messages)


def _rows(messages: Iterator[Any]) -> Iterator[tuple[int, list[Any]]]:
    for message in messages:
        if type(message) is list:
            yield from message


def _run(path: str, index: int) -> Iterator[Any]:
    """What the program says, message by message. Closing the iterator ends the program."""
    command = [sys.executable, "-I", _PROGRAM, path, str(index), str(MEMORY), str(CPU_SECONDS)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    assert process.stdout
    try:
        whole = False
        while len(size := process.stdout.read(4)) == 4:
            message = marshal.loads(process.stdout.read(struct.unpack("<I", size)[0]))  # noqa: S302 (our own program)
            if type(message) is dict:
                whole = whole or "end" in message or not message.get("height", 1)
                _refuse(message.get("error"))
            yield message
        if not whole:
            raise UnreadableFile(
                _("The spreadsheet needs too much memory or time. Save the sheet as CSV and choose that file.")
            )
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _refuse(error: str | None) -> None:
    if error == "password":
        raise UnreadableFile(_("The file is protected by a password: save it without."))
    if error:
        raise UnreadableFile(
            _("The file is damaged, or not the spreadsheet its name says. Save it again as XLSX or CSV.")
        )


def _fraction(number: float, decimal: str) -> str:
    """Fifteen digits, as many as spreadsheets show, never an exponent."""
    text = format(number, ".15g")
    if "e" in text:
        text = format(number, ".15f").rstrip("0").rstrip(".") if abs(number) < 1 else format(number, ".0f")
    return text.replace(".", decimal)
