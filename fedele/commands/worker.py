"""Do what was put off: imports, mail, the nightly jobs. Several may run on PostgreSQL, one on SQLite."""

from __future__ import annotations

import argparse

from fedele.commands.ready import use_django

HELP = "do the jobs that wait, and those of the schedule"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queue", default="*", help="only jobs of this queue (default: all)")
    parser.add_argument("--once", action="store_true", help="stop when no job is waiting")


def run(options: argparse.Namespace) -> None:
    use_django()
    from fedele.tasks.worker import run as work

    work(batch=options.once, queues=(options.queue,))
