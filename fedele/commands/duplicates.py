"""Print which rows of a file are perhaps the same person or company, and why; nothing is stored.

Columns are recognised by their headings and by what is in them. With --against, the rows of the first file are looked
for in the second instead of among themselves.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fedele.commands.answering import add_json, answer
from fedele.commands.failing import Failed
from fedele.commands.import_records import pair_of
from fedele.commands.ready import use_django

HELP = "find double names in any file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV, XLSX, ODS or vCard")
    parser.add_argument("--against", type=Path, metavar="FILE2", help="look for the rows of FILE in this file")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column holds, if its name does not tell; - leaves it out",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    use_django()
    from fedele.people.duplicates.files.columns import Misdirected
    from fedele.people.duplicates.files.comparing import compare_file, compare_files
    from fedele.records.reading import UnreadableFile

    mapping = dict(pair_of(text) for text in options.map)
    for path in (options.file, options.against):
        if path is not None and not path.is_file():
            raise Failed(f"There is no file {path}.")
    try:
        if options.against is None:
            facts = compare_file(options.file, mapping)
        else:
            facts = compare_files(options.file, options.against, mapping)
    except (Misdirected, UnreadableFile) as wrong:
        raise Failed(str(wrong)) from wrong
    answer(options, facts, lines_of(facts))


def lines_of(facts: dict[str, Any]) -> Iterator[str]:
    yield "Columns: " + ", ".join(f"{column} = {field}" for column, field in facts["columns"].items())
    for pair in facts["pairs"]:
        yield f"{pair['score']:.2f}  {pair['verdict']:<4}  {pair['a']}  {pair['b']}  {'; '.join(pair['reasons'])}"
    sure = sum(pair["verdict"] == "same" for pair in facts["pairs"])
    yield f"{facts['rows']} rows, {len(facts['pairs'])} pairs ({sure} certain), {len(facts['groups'])} groups."
