"""Serve the pages and the API. Refuses to start with settings that are not safe, naming them."""

from __future__ import annotations

import argparse
import os
import sys

from fedele.commands import web
from fedele.commands.failing import Failed
from fedele.commands.static_files import collect_if_changed

HELP = "serve the pages and the API"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    web.add_address(parser)
    parser.add_argument(
        "--workers", type=int, default=1, help="processes; on SQLite one is best (default: %(default)s)"
    )
    parser.add_argument("--threads", type=int, default=4, help="threads of each process (default: %(default)s)")


def run(options: argparse.Namespace) -> None:
    from django.conf import settings

    from fedele.config import checks

    findings = checks.of_settings() + checks.of_database()
    for finding in findings:
        print(finding.line, file=sys.stderr)
    refusing = [finding.setting for finding in findings if finding.is_error]
    if refusing and not (settings.DEBUG or settings.DEMO):
        raise Failed(f"Not started, because of {', '.join(refusing)}.")
    web.require_free_port(options.host, options.port)
    collect_if_changed()
    command = web.granian(options.host, options.port, workers=options.workers, threads=options.threads)
    # In place of this process: signals of a process manager reach the server itself, and Django is not kept twice.
    os.execv(command[0], command)  # noqa: S606 - a fixed program
