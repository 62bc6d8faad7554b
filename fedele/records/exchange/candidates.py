from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Candidate:
    """What a row of a file would become."""

    line: int
    cells: list[Any]
    values: dict[str, Any] = field(default_factory=dict)
    #: (field or "", message)
    problems: list[tuple[str, str]] = field(default_factory=list)
    #: The stored record it means, or the new one it makes.
    record: Any = None
    #: new, update, unchanged, duplicate (new, but like another), problem, left_out (somebody said so)
    fate: str = "new"
    #: What a possible duplicate is like.
    like: str = ""
    #: The same for who decides: [record type or "" for a line of this file, id or line, title, score, is sure, [reasons]]
    matches: list[list[Any]] = field(default_factory=list)
    #: What the rules say becomes of a possible duplicate nobody decided about.
    act: str = ""
    #: Records that come with it in columns of their own, each as what would become of it.
    companions: list[Candidate] = field(default_factory=list)
    #: By which the row is known again in another file, once it was asked for.
    digest: int | None = None

    def add_problem(self, name: str, message: str) -> None:
        self.problems.append((name, message))
        self.fate = "problem"
