"""Fill an empty database with the demo company, of any size, the same for the same seed."""

from __future__ import annotations

import argparse
import time

from fedele.commands.answering import add_json, answer
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

    if options.customers < 1:
        raise Failed("A company has at least one customer: --customers 1.")
    migrate()
    if User.objects.exists():
        raise Failed("The database is not empty; the demo company goes into an empty one only.")
    started = time.monotonic()
    counts = load(customers=options.customers, seed=options.seed) or {}
    seconds = round(time.monotonic() - started, 1)
    lines = [f"{name}: {count}" for name, count in counts.items()] + [f"{seconds} s"]
    answer(options, {"customers": options.customers, "seed": options.seed, "loaded": counts, "seconds": seconds}, lines)
