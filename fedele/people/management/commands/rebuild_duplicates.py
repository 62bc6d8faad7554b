from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fedele.people.duplicates import index


class Command(BaseCommand):
    help = "Makes the keys by which doubles are found anew from the records. Needed only when they lag behind."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{index.rebuild()} records")
