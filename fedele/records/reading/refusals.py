"""Why a file is not read, in the words of who chose it."""

from __future__ import annotations

from typing import NamedTuple


class UnreadableFile(Exception):
    """The whole file is refused. The message is for the user, in the language active when it was raised."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))

    @property
    def message(self) -> str:
        return str(self.args[0])


class Row(NamedTuple):
    """One record of a file."""

    #: Line of the file (row of the sheet) where it begins, from 1.
    line: int
    #: As many as the table has headers, unless there is a problem.
    cells: list[str]
    #: Why the row cannot be trusted, for the user; empty when it can.
    problem: str = ""
