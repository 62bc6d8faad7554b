"""The cast with files in their hands: fixtures for the stories of import and export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from fedele.journal.acting import act_as
from fedele.records.exchange.command import import_file
from fedele.records.page.tests.conftest import as_, cast, company, contact, giulia, opportunity
from fedele.tasks.tests.conftest import house, shared_database, worker

__all__ = ["as_", "cast", "company", "contact", "giulia", "house", "opportunity", "shared_database", "worker"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }


@pytest.fixture
def bring(cast: dict[str, Any], tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """`bring("company", "Ragione sociale;Telefono\\nAlfa;030 2000000")`: what came of it, as Sara's command says it."""

    def do(
        record_type: str,
        content: str | bytes,
        *,
        by: str = "sara",
        dry: bool = False,
        name: str = "list.csv",
        decide: str = "new",
        **mapping: str,
    ) -> dict[str, Any]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        user = cast[by]
        with act_as(user, door="import"):
            return import_file(path, record_type, mapping, dry, user, decide=decide)

    return do


def word(number: int, kind: str = "") -> str:
    """A made-up name that is like no other: the engine that compares people takes numbers for nothing."""
    digest = blake2b(f"{kind}{number}".encode(), digest_size=8).digest()
    return "".join("bcdfglmnprstvz"[one % 14] + "aeiou"[one // 14 % 5] for one in digest[:5]).capitalize()


def uploaded(
    browser: Client, content: bytes | str, record_type: str = "company", name: str = "list.csv", **more: str
) -> Any:
    """The answer to a file sent with the first step of the wizard; of our own archive, unless something else is said."""
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return browser.post("/import/", {"as": record_type, "file": file, "provenance": "none", **more})
