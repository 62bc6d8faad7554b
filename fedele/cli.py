"""The command `fedele`: reads the command line, runs one module of fedele.commands, says errors in one sentence."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from fedele import __version__
from fedele.commands import COMMANDS
from fedele.commands.failing import sentence_of


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="fedele", description="Fedele, a CRM. Settings come from FEDELE_… variables.")
    top.add_argument("--version", action="version", version=f"fedele {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module_name in COMMANDS.items():
        module = import_module(f"fedele.commands.{module_name}")
        command = commands.add_parser(name, help=module.HELP, description=module.__doc__)
        module.add_arguments(command)
        command.set_defaults(run=module.run, json=False)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fedele.config.settings")
    options = parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our answer has enough of it, for instance `fedele explain lead | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        if options.json:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        print(sentence, file=sys.stderr)
        return 1
