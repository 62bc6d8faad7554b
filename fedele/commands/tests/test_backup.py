"""A backup holds everything, is refused when it was changed, and jobs of the past do not run again."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from fedele.commands.tests.installation import Installation, installation

COUNTS = """
import json, django
django.setup()
from django.apps import apps
from fedele.people.models import Company
# What passes, and the counters, which are summed up whenever the database is brought to a version.
apart = {"session", "dbtaskresult", "tally"}
counts = {m._meta.label: m._default_manager.count() for m in apps.get_models() if m._meta.model_name not in apart}
# A backup is remembered once it is made, so it does not hold its own entry.
counts["journal.Entry"] -= apps.get_model("journal.Entry").objects.filter(record_type="backup").count()
print(json.dumps([counts, list(Company.objects.order_by("pk").values_list("number", "name"))]))
"""
QUEUE = """
import django
django.setup()
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.create(
    task_path="mail.send", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", run_after=timezone.now(),
    exception_class_path="", traceback="",
)
"""
WAITING = """
import django
django.setup()
from django_tasks_db.models import DBTaskResult
print(DBTaskResult.objects.ready().count())
"""
NEXT = """
import django
django.setup()
from fedele.people.models import Company
company = Company(name="Nuova")
company.save()
print(company.pk)
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("original")) as made:
        assert made.run("demo-data", "--customers", "100", "--json").code == 0
        made.python("-c", QUEUE)
        attached = made.folder / "files" / "2026" / "offer.pdf"
        attached.parent.mkdir(parents=True)
        attached.write_bytes(b"an offer")
        yield made


@pytest.fixture(scope="module")
def backup(original: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "monday.tar.gz"
    facts = original.run("backup", str(file), "--json").facts
    assert (facts["files"], facts["bytes"]) == (len(files_of(original)), file.stat().st_size)
    return file


def files_of(one: Installation) -> dict[str, bytes]:
    """What is kept beside the database, by its place: the documents of the demo, and the offer."""
    root = one.folder / "files"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data") as made:
        yield made


def test_everything_comes_back(original: Installation, backup: Path, empty: Installation) -> None:
    restored = empty.run("restore", str(backup), "--json")

    assert restored.facts["parked_jobs"] == 1
    assert empty.python("-c", COUNTS).facts == original.python("-c", COUNTS).facts
    assert files_of(empty)["2026/offer.pdf"] == b"an offer"
    assert files_of(empty) == files_of(original)
    assert int(empty.python("-c", NEXT).out) > 100


def test_jobs_wait_until_they_are_released(backup: Path, empty: Installation) -> None:
    empty.run("restore", str(backup))
    assert empty.python("-c", WAITING).out == "0"

    assert empty.run("restore", "--release-jobs", "--json").facts == {"released_jobs": 1}
    assert empty.python("-c", WAITING).out == "1"


def test_a_changed_backup_is_refused(backup: Path, empty: Installation, tmp_path: Path) -> None:
    content = bytearray(gzip.decompress(backup.read_bytes()))
    place = content.index(b"an offer")
    content[place : place + 2] = b"no"
    changed = tmp_path / "changed.tar.gz"
    changed.write_bytes(gzip.compress(bytes(content)))

    answer = empty.run("restore", str(changed))

    assert (answer.code, answer.err) == (
        1,
        f"{changed} is damaged: files/2026/offer.pdf is not what it was when the backup was made.",
    )
    assert not (empty.folder / "files").exists()


def test_half_a_backup_is_refused(backup: Path, empty: Installation, tmp_path: Path) -> None:
    half = tmp_path / "half.tar.gz"
    half.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])

    answer = empty.run("restore", str(half))

    assert answer.code == 1
    assert answer.err.startswith(f"{half} is damaged or no backup of Fedele")


def test_nobodys_work_is_overwritten(original: Installation, backup: Path) -> None:
    before = original.python("-c", COUNTS).facts

    restored, repeated = original.run("restore", str(backup)), original.run("backup", str(backup))

    assert (
        restored.err == "The database is not empty; a backup is restored into an empty one only. Nothing was changed."
    )
    assert repeated.err == f"{backup} exists; a backup does not overwrite another."
    assert original.python("-c", COUNTS).facts == before
