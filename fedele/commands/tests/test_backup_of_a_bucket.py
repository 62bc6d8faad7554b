"""Files in a bucket stay out of a backup, which says so, or go along; and come back to a bucket as well as to a disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fedele.commands.tests.installation import Installation, installation
from fedele.knowledge.files.tests import s3

KEEP = """
import django
django.setup()
from fedele.access.models import User
from fedele.knowledge.files.models import StoredFile
User.objects.create(email="sara@example.com")
print(*[StoredFile.keep(content).file.name for content in (b"One", b"Two" * 3_000_000)])
"""
READ = """
import django
django.setup()
from fedele.knowledge.files.models import StoredFile
print(*[f"{one.file.read()[:3].decode()} {one.file.size}" for one in StoredFile.objects.order_by("size")])
"""


@pytest.fixture(scope="module")
def server() -> Iterator[s3.Server]:
    with s3.running() as made:
        yield made


def in_bucket(one: Installation, server: s3.Server, name: str) -> Installation:
    one.environment.update({**s3.KEYS, "FEDELE_STORAGE_URL": server.url(name)})
    return one


@pytest.fixture
def original(server: s3.Server, tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "original") as made:
        in_bucket(made, server, s3.NAME)
        assert made.run("migrate").code == 0
        kept = made.python("-c", KEEP)
        assert sorted(server.objects()) == sorted(kept.out.split()), kept.err
        yield made


def test_out_of_a_backup_or_along_with_it_and_back(original: Installation, server: s3.Server, tmp_path: Path) -> None:
    without = original.run("backup", str(tmp_path / "without.tar.gz"))
    assert without.out.splitlines()[-1] == (
        "Attached files lie in FEDELE_STORAGE_URL and are not in the backup; keep versions of them there, or take them along: fedele backup --files"
    )
    file = tmp_path / "whole.tar.gz"
    whole = original.run("backup", str(file), "--files")
    assert ("2 files" in whole.out, "are not in the backup" in whole.out) == (True, False)

    server.make_bucket("second")
    with installation(tmp_path / "second") as second:
        assert in_bucket(second, server, "second").run("restore", str(file), "--json").facts["files"] == 2
        assert second.python("-c", READ).out == "One 3 Two 9000000"
    assert server.objects("second") == server.objects()

    with installation(tmp_path / "disk") as disk:
        assert disk.run("restore", str(file)).code == 0
        assert disk.python("-c", READ).out == "One 3 Two 9000000"
        root = disk.folder / "files"
        lying = {str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()}
        assert lying == server.objects()
        assert disk.run("backup", str(tmp_path / "disk.tar.gz")).code == 0

    server.make_bucket("third")
    with installation(tmp_path / "third") as third:
        assert in_bucket(third, server, "third").run("restore", str(tmp_path / "disk.tar.gz")).code == 0
    assert server.objects("third") == server.objects()


def test_check_of_an_installation_names_a_bucket_that_is_not_there(server: s3.Server, tmp_path: Path) -> None:
    with installation(tmp_path / "data") as made:
        in_bucket(made, server, "nobodys").run("migrate")
        answer = made.run("check")
    said = "error: FEDELE_STORAGE_URL: names the bucket nobodys, which is not there."
    assert (answer.code, said in answer.out.splitlines()) == (1, True), answer.out
