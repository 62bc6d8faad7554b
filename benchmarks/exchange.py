"""Files in and out: 10,000 and 100,000 rows with validation, journal, index and look for duplicates; an export of all."""

from __future__ import annotations

import csv
import random
import tempfile
import time
from pathlib import Path

from django.contrib.auth import get_user_model

HEADERS = ("Nome", "Cognome", "Azienda", "E-mail", "Telefono", "CAP", "Città", "Provincia", "Note")


def make_file(path: Path, rows: int) -> None:
    chance = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADERS)
        for number in range(rows):
            given = chance.choice(("Anna", "Luca", "Marco", "Giulia", "Paolo", "Sara"))
            family = f"{chance.choice(('Rossi', 'Bianchi', 'Colombo', 'Ferrari'))}{chance.randrange(10**5)}"
            mail = f"{given}.{family}{number}@ditta{chance.randrange(10**4)}.it".lower()
            phone = f"030{chance.randrange(10**6, 10**7)}"
            writer.writerow(
                [given, family, f"Ditta {chance.randrange(10**4)}", mail, phone, "25121", "Brescia", "BS", "nota"]
            )


def measure() -> dict[str, str]:
    from fedele.records.exchange.command import export_records, import_file

    user = get_user_model().objects.get(email__startswith="sara@")
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in (10_000, 100_000):
            path = Path(folder) / f"{rows}.csv"
            make_file(path, rows)
            began = time.perf_counter()
            counts = import_file(path, "lead", {}, False, user)
            figures[f"import of {rows:,} rows"] = f"{time.perf_counter() - began:.2f} s"
            assert counts["read"] == rows, counts
        began = time.perf_counter()
        done = export_records("company", Path(folder) / "out.csv", user)
        figures["export of all companies"] = f"{time.perf_counter() - began:.2f} s ({done['rows']:,} rows)"
    return figures
