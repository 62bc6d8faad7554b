"""Documents: `python -m benchmarks.filing [--documents 10000]`: memory of a big upload, and search in many documents.

Makes a database of its own in a folder that goes away. Figures are milliseconds of the server and megabytes.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import tempfile
import time
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.filing")
    parser.add_argument("--documents", type=int, default=10_000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory(prefix="fedele-bench-") as folder:
        os.environ |= {
            "FEDELE_DATA_DIR": folder,
            "FEDELE_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "fedele.config.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        _fill(count)
        for name, value in {**_search(count), **_upload()}.items():
            print(f"{name:<44} {value}")


def _fill(count: int) -> None:
    """A passage of 300 words on each; one in a thousand says «guarnizione»."""
    from fedele.knowledge.models import Document, Passage
    from fedele.search import index

    chance = random.Random(7)
    words = [f"parola{chance.randrange(20_000)}" for _number in range(20_000)]
    Document.objects.bulk_create((Document(name=f"Rapporto {n}.pdf") for n in range(count)), batch_size=1000)
    texts = (" ".join(chance.choices(words, k=300)) + (" guarnizione" if n % 1000 == 0 else "") for n in range(count))
    ids = Document.objects.order_by("pk").values_list("pk", flat=True)
    Passage.objects.bulk_create(
        (Passage(document_id=pk, page=1, text=text) for pk, text in zip(ids, texts, strict=True)), batch_size=1000
    )
    rows = Passage.objects.order_by("pk").values_list("pk", "text")
    index.put("passage", ((pk, "", text) for pk, text in rows.iterator()))


def _search(count: int) -> dict[str, Any]:
    from fedele.access.models import User
    from fedele.demo.cast import install
    from fedele.records.passages import found_in

    install(password="")
    figures = {}
    for name in ("sara", "giulia"):
        user = User.objects.get(email__startswith=f"{name}@")
        for asked in ("guarnizione", "guarnizioni", "parola12"):
            found_in("document", user, asked, 5)
            started = time.perf_counter()
            hits = len(found_in("document", user, asked, 2000))
            figures[f"{name}: «{asked}» in {count:,} documents"] = (
                f"{(time.perf_counter() - started) * 1000:.1f} ms, {hits} hits"
            )
    return figures


def _upload() -> dict[str, Any]:
    """By how much the highest memory of the process rises while 10 MB and 200 MB are kept."""
    from django.core.files.uploadedfile import TemporaryUploadedFile

    from fedele.knowledge.files.models import StoredFile

    figures = {}
    for megabytes in (10, 200):
        upload = TemporaryUploadedFile("big.pdf", "application/pdf", 0, None)
        for _number in range(megabytes):
            upload.write(os.urandom(1 << 20))
        upload.size = upload.tell()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        StoredFile.keep(upload)
        rise = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        figures[f"{megabytes} MB kept"] = f"{(time.perf_counter() - started) * 1000:.0f} ms, memory +{rise:.1f} MB"
        upload.close()
    return figures


if __name__ == "__main__":
    main()
