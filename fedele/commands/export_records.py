"""Write the records of a type to a CSV or XLSX file that can be imported back."""

from __future__ import annotations

import argparse
from pathlib import Path

from fedele.commands.acting_user import add_user, user_of
from fedele.commands.answering import add_json, answer
from fedele.commands.failing import Failed
from fedele.commands.import_records import require_record_type
from fedele.commands.ready import use_django

HELP = "write records to a file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="its ending says the format: .csv or .xlsx")
    parser.add_argument(
        "--as", dest="record_type", required=True, metavar="TYPE", help="company, contact, lead, opportunity"
    )
    parser.add_argument("--query", default="", help="the filters of a list, as its address has them after the ?")
    add_user(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    use_django()
    from fedele.records.exchange.command import Misdirected, export_records

    require_record_type(options.record_type)
    try:
        facts = export_records(options.record_type, options.file, user_of(options), options.query)
    except Misdirected as wrong:
        raise Failed(str(wrong)) from wrong
    answer(options, facts, [f"{facts['rows']} rows written to {options.file}."])
