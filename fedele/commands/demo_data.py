"""Fill an empty database with the demo company, of any size, the same for the same seed."""

from __future__ import annotations

import argparse
import sys

from fedele.commands.answering import add_json, answer, outline
from fedele.commands.failing import Failed
from fedele.commands.ready import use_django

HELP = "fill an empty database with the demo company"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--customers", type=int, default=300, help="how many customers (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another company (default: %(default)s)")
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    use_django()
    from fedele.access.models import User
    from fedele.commands.migrate import migrate
    from fedele.demo import load

    migrate()
    if User.objects.exists():
        raise Failed("The database is not empty; the demo company goes into an empty one only.")
    try:
        facts = load(customers=options.customers, seed=options.seed, progress=show if sys.stderr.isatty() else None)
    except ValueError as error:
        raise Failed(str(error)) from error
    answer(options, {"customers": options.customers, "seed": options.seed, **facts}, outline(facts))


def show(what: str, done: int, total: int) -> None:
    print(f"\r\033[K{what} {done} / {total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
