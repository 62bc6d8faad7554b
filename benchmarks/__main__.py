"""The figures the README quotes: `bin/bench [--sizes 1000,100000] [--engines sqlite,postgresql] [--json]`.

Every size on every engine is loaded into a fresh database and measured in a process of its own. Times are milliseconds
of the server for a signed-in sales rep with record rules, total counts, related names and the journal on.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measure(engine: str, size: int, parts: str) -> dict:
    """The figures of one size on one engine, from a process that saw nothing else."""
    from tests.with_postgres import postgres

    with (
        tempfile.TemporaryDirectory(prefix="fedele-bench-", ignore_cleanup_errors=True) as folder,
        postgres() if engine == "postgresql" else nullcontext("") as url,
    ):
        environment = {**os.environ, "FEDELE_DATA_DIR": folder, "FEDELE_DEMO": "1", "FEDELE_DATABASE_URL": url}
        command = [sys.executable, "-m", "benchmarks.one", "--size", str(size), "--parts", parts]
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return {"engine": engine, "customers": size, **json.loads(done.stdout.splitlines()[-1])}


def table(results: list[dict]) -> str:
    """One column a database and size, one line a figure."""
    heads = [f"{one['engine']} {one['customers']:,}" for one in results]
    names = dict.fromkeys(name for one in results for name in one["figures"])
    width = max(map(len, names), default=10)
    lines = [" " * width + "  " + "  ".join(f"{head:>20}" for head in heads)]
    for name in names:
        cells = [str(one["figures"].get(name, "–")) for one in results]
        lines.append(f"{name:<{width}}  " + "  ".join(f"{cell:>20}" for cell in cells))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", default="1000,100000", help="numbers of customers, e.g. 1000,100000,1000000")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--parts", default="pages,writes,server,exchange", help="which parts to measure")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = []
    for size in map(int, options.sizes.split(",")):
        for engine in options.engines.split(","):
            print(f"{engine}, {size:,} customers …", file=sys.stderr, flush=True)
            results.append(measure(engine, size, options.parts))
    print(json.dumps(results, indent=1) if options.json else table(results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
