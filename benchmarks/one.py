"""One size on one engine: loads the data, then measures. Prints one line of JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from typing import Any

import django


def prepare(size: int) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fedele.config.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    migrated = time.perf_counter()
    call_command("collectstatic", interactive=False, verbosity=0)
    from fedele.demo import load

    loading = time.perf_counter()
    load(size, 1)
    loaded = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return {"empty database, s": round(migrated - began, 1), "load, s": round(loaded - loading, 1)}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--parts", default="pages,writes,server,exchange")
    options = parser.parse_args()
    figures = prepare(options.size)
    from benchmarks import customer, duplicates, exchange, mail, pages, planner, server, today

    parts = {
        "pages": pages.read,
        "writes": pages.write,
        "server": server.measure,
        "exchange": exchange.measure,
        "duplicates": duplicates.measure,
        "today": today.measure,
        "planner": planner.measure,
        "customer": customer.measure,
        "mail": mail.measure,
    }
    for name in options.parts.split(","):
        print(f"  {name} …", file=sys.stderr, flush=True)
        figures.update(parts[name]())
    print(json.dumps({"figures": figures}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
