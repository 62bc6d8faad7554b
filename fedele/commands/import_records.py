"""Load a CSV, XLSX or vCard file, as the wizard on the screen does; all or nothing, and undone in one act."""

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
    "read": "read",
    "new": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "possible_duplicates": "possible duplicates",
    "problems": "problems",
}


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
    with act_as(user, door="import"):
        try:
            facts = import_file(options.file, options.record_type, mapping, options.dry_run, user)
        except (Misdirected, UnreadableFile) as error:
            raise Failed(str(error)) from error
    answer(options, facts, lines_of(facts))
    return 0


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
    for problem in facts["problem_rows"]:
        yield f"  line {problem['line']}, {problem['column']}: {problem['message']}"
