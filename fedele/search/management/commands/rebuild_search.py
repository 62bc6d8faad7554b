from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fedele.search import index
from fedele.search.figures import statistics


class Command(BaseCommand):
    help = "Makes the search index anew from the records. Needed only when it is damaged or lags behind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--index-only",
            action="store_true",
            help="Leave the documents as they are; make only the database's indexes anew.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["index_only"]:
            # The records know what they are found by; search itself knows no record type.
            from fedele.records.searching import rebuild

            rebuild()
        index.optimise()
        for record_type, documents in statistics()["documents"].items():
            self.stdout.write(f"{record_type}: {documents}")
