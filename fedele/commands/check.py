"""Say what is wrong with this installation: its settings by name, its database, its bucket, its declarations."""

from __future__ import annotations

import argparse

from fedele.commands.answering import add_json, answer
from fedele.commands.ready import use_django

HELP = "say what is wrong with this installation"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--deploy", action="store_true", help="judge as in production, even if FEDELE_DEBUG or _DEMO is on"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    use_django()
    from django.conf import settings

    from fedele.config import checks

    findings = checks.of_declarations()
    if options.deploy or not (settings.DEBUG or settings.DEMO):
        findings += checks.of_settings()
    findings += checks.of_database() + checks.of_migrations() + checks.of_store()
    errors = [finding for finding in findings if finding.is_error]
    facts = {"errors": len(errors), "findings": [finding.facts for finding in findings]}
    answer(options, facts, [finding.line for finding in findings] or ["Nothing is wrong."])
    return 1 if errors else 0
