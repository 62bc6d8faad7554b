"""Load a CSV, XLSX or vCard file, as the wizard on the screen does; it is taken back there as one act.

Ends with 0 when every row came in (or would), with 3 when some stayed out, with 1 when nothing was done.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fedele.commands.acting_user import add_user, user_of
from fedele.commands.answering import add_json, answer
from fedele.commands.failing import Failed
from fedele.commands.ready import use_django

HELP = "load records from a file"
COUNTS = {
    "read": "read", "new": "new", "updated": "updated", "unchanged": "unchanged", "possible_duplicates": "possible duplicates",
    "left_out": "left out", "problems": "problems",
}  # fmt: skip
SOME_STAYED_OUT = 3
#: Problems a person is told of one by one; --json lists more.
SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--as", dest="record_type", required=True, metavar="TYPE", help="company, contact, lead, opportunity"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="where a column goes, if its name does not tell",
    )
    parser.add_argument("--list", default="", help="number or name of the list of names it came with (our own: none)")
    parser.add_argument(
        "--decide",
        choices=("same", "new", "skip"),
        default="new",
        help="rows like a record that is there: they are the same (it is updated), new ones (usual), or left out",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    add_user(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    use_django()
    from fedele.journal.acting import act_as
    from fedele.records.exchange.command import Misdirected, UnreadableFile, import_file

    require_record_type(options.record_type)
    mapping = dict(pair_of(text) for text in options.map)
    user = user_of(options)
    try:
        with act_as(user, door="import"):
            facts = import_file(
                options.file, options.record_type, mapping, options.dry_run, user, options.list, options.decide
            )
    except (Misdirected, UnreadableFile) as wrong:
        raise Failed(str(wrong)) from wrong
    answer(options, facts, lines_of(facts))
    return SOME_STAYED_OUT if facts["problems"] else 0


def require_record_type(key: str) -> None:
    from fedele.records.registry import registry

    if key not in registry:
        known = ", ".join(sorted(record_type.key for record_type in registry))
        raise Failed(f"There is no record type {key!r}; there are: {known}.")


def pair_of(text: str) -> tuple[str, str]:
    column, equals, field = text.rpartition("=")
    if not (column and equals and field):
        raise Failed(f'--map {text!r} is not understood; write --map "Column=field".')
    return column.strip(), field.strip()


def lines_of(facts: dict[str, Any]) -> Iterator[str]:
    for key, words in COUNTS.items():
        yield f"{words + ':':<22}{facts[key]}"
    rows = facts["problem_rows"]
    for problem in rows[:SHOWN]:
        column = f", {problem['column']}" if problem["column"] else ""
        yield f"  line {problem['line']}{column}: {problem['message']}"
    if len(rows) > SHOWN:
        yield "  … and more; --json lists them."
