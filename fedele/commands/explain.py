"""Print all that was derived from the declaration of a record type: addresses, columns, templates, fields, verbs."""

from __future__ import annotations

import argparse

from fedele.commands.answering import add_json, answer, outline
from fedele.commands.failing import Failed
from fedele.commands.ready import use_django

HELP = "print what a record type's declaration became"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record_type", nargs="?", help="for instance: opportunity (default: the names of all)")
    add_json(parser)


def run(options: argparse.Namespace) -> None:
    use_django()
    from fedele.records.explain import explain
    from fedele.records.registry import registry

    keys = sorted(record_type.key for record_type in registry)
    if options.record_type is None:
        answer(options, {"record_types": keys}, keys)
        return
    if options.record_type not in registry:
        raise Failed(f"There is no record type {options.record_type!r}; there are: {', '.join(keys)}.")
    facts = explain(options.record_type)
    answer(options, facts, outline(facts))
