"""Say what Fedele makes of a mail: what kind it is, whose, what is new in it. Reads files only; no database, no settings."""

from __future__ import annotations

import argparse
import mailbox
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fedele.commands.answering import add_json, answer, outline
from fedele.commands.failing import Failed
from fedele.config import environment

HELP = "say what Fedele makes of a mail"
#: Every line of an mbox file that begins a message begins so.
MBOX = b"From "


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    explain = acts.add_parser("explain", help="kind, sender, thread, new text, attachments, bounces, certified mail")
    explain.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE", help="a .eml file, an mbox, or a folder of them"
    )
    explain.add_argument(
        "--certificates", metavar="PEM", default=environment.text("PEC_CERTIFICATES"),
        help="whom to believe that mail is certified (PEC): a file or a folder; default: FEDELE_PEC_CERTIFICATES",
    )  # fmt: skip
    explain.add_argument(
        "--server", metavar="NAME", default="",
        help="the server whose Authentication-Results are believed: that of the mailbox",
    )  # fmt: skip
    add_json(explain)


def run(options: argparse.Namespace) -> int:
    """0 when all were read; 1 when a file is missing or cannot be read."""
    from fedele.inbox.reading import read
    from fedele.inbox.reading.trust import Unusable, trust_in

    try:
        trust = trust_in(options.certificates)
    except Unusable as error:
        raise Failed(f"The certificates cannot be read: {error}.") from error
    told = [
        {"file": name, **read(data, trust, options.server).told()}
        for path in options.paths
        for name, data in mails_in(path)
    ]
    if not told:
        raise Failed("There is no mail in " + ", ".join(str(path) for path in options.paths) + ".")
    one_file = len(options.paths) == 1 and told[0]["file"] == str(options.paths[0])
    facts: dict[str, Any] = told[0] if one_file else {"mails": told}
    answer(options, facts, _lines(told))
    return 0


def mails_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each; of a folder those that end in .eml or .mbox, in their order."""
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.suffix.lower() in (".eml", ".mbox") and one.is_file():
                yield from mails_in(one)
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Failed(f"{path} cannot be read: {error.strerror}.") from error
    if data.startswith(MBOX):
        box = mailbox.mbox(path, create=False)
        for number, key in enumerate(box.iterkeys(), 1):
            yield f"{path}#{number}", box.get_bytes(key)
    else:
        yield str(path), data


def _lines(told: list[dict[str, Any]]) -> Iterator[str]:
    for one in told:
        yield from outline({name: value for name, value in one.items() if value not in (None, "", [], {})})
        yield ""
