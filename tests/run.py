"""Runs the tests in parts and says at the end what each part came to. Started by bin/test."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.browser.fetch import NoBrowserError, ensure_browser
from tests.with_postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
JOURNEYS = "tests/journeys"
NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Outcome:
    """How one part ended, in the words of its last line."""

    passed: bool
    words: str


class Skipped(Exception):
    """A part cannot run on this machine; the message says what is missing."""


def run(command: list[str], **environment: str) -> Outcome:
    """Shows what the program prints as it comes, and keeps its last line for the summary."""
    process = subprocess.Popen(
        [BIN / command[0], *command[1:]],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
    )
    assert process.stdout
    tail = b""
    while chunk := os.read(process.stdout.fileno(), 65536):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        tail = (tail + chunk)[-2000:]
    code = process.wait()
    lines = [line.strip() for line in tail.decode(errors="replace").splitlines() if line.strip()]
    words = lines[-1].strip("= ") if lines else "no output"
    return Outcome(code == 0, words if code != NOTHING_COLLECTED else "no test was found")


def tested(arguments: list[str], **environment: str) -> Outcome:
    return run(["pytest", "-p", "no:cacheprovider", *arguments], FEDELE_TESTING="1", **environment)


def lint(arguments: list[str]) -> Outcome:
    """Style, types and import contracts; what else is wrong is said even if the first finds something."""
    outcomes = [
        run(["ruff", "check", "--no-cache", "."]),
        run(["mypy"]),
        run(["lint-imports", "--no-cache", "--no-logo"]),
    ]
    failed = [outcome for outcome in outcomes if not outcome.passed]
    return failed[0] if failed else Outcome(True, "style, types and imports are clean")


def on_sqlite(arguments: list[str]) -> Outcome:
    return tested(["-n", "2", "--dist", "loadscope", f"--ignore={JOURNEYS}", *arguments])


def on_postgres(arguments: list[str]) -> Outcome:
    with postgres() as url:
        return tested(["-n", "2", "--dist", "loadscope", f"--ignore={JOURNEYS}", *arguments], FEDELE_DATABASE_URL=url)


def in_browser(arguments: list[str]) -> Outcome:
    try:
        browser = ensure_browser()
    except NoBrowserError as error:
        raise Skipped(str(error)) from error
    paths = [] if any(not argument.startswith("-") for argument in arguments) else [JOURNEYS]
    return tested([*paths, *arguments], FEDELE_BROWSER=str(browser), DJANGO_ALLOW_ASYNC_UNSAFE="true")


PARTS: dict[str, Callable[[list[str]], Outcome]] = {
    "lint": lint,
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "browser": in_browser,
}


def fix() -> int:
    """bin/fix: what machines can put right."""
    codes = [run(["ruff", *command]).passed for command in (["check", "--fix", "."], ["format", "."])]
    return 0 if all(codes) else 1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Runs all tests, or the parts asked for.",
        epilog="Anything else is handed to pytest, for instance: bin/test --sqlite fedele/people -k lead -x",
    )
    parser.add_argument("--lint", action="store_true", help="style, types and import contracts")
    parser.add_argument("--sqlite", action="store_true", help="the tests on SQLite")
    parser.add_argument("--postgres", action="store_true", help="the same tests on a real PostgreSQL")
    parser.add_argument("--browser", action="store_true", help="the journeys in a real browser")
    options, rest = parser.parse_known_args(arguments)
    chosen = [name for name in PARTS if getattr(options, name)] or list(PARTS)
    must_run = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    rows = []
    for name in chosen:
        print(f"\n── {name} ──", flush=True)
        started = time.monotonic()
        try:
            outcome = PARTS[name](rest)
        except Skipped as reason:
            outcome = Outcome(not must_run, f"not run: {reason}")
        rows.append((name, outcome, time.monotonic() - started))
    print()
    for name, outcome, seconds in rows:
        print(f"{'ok  ' if outcome.passed else 'FAIL'}  {name:<9} {seconds:5.0f} s  {outcome.words}")
    return 0 if all(outcome.passed for _, outcome, _ in rows) else 1


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        raise SystemExit(fix() if sys.argv[1:] == ["--fix"] else main(sys.argv[1:]))
    raise SystemExit(130)
