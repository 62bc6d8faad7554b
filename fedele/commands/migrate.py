"""Bring the database to this version: tables, search index, and the table of shared short-lived values."""

from __future__ import annotations

import argparse

from fedele.commands.answering import add_json, answer
from fedele.commands.ready import use_django

HELP = "bring the database to this version"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", action="store_true", help="only say what would be done")
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    use_django()
    names = pending()
    if not options.plan:
        migrate()
    lines = names if options.plan else []
    lines = [*lines, f"steps {'to go through' if options.plan else 'gone through'}: {len(names)}"]
    answer(options, {"done": not options.plan, "migrations": names}, lines)


def pending() -> list[str]:
    """What the database has yet to go through, in order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
