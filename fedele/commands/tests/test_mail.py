"""`fedele mail explain` reads files and needs nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import fedele.inbox.reading.tests as reading

SAMPLES = Path(reading.__file__).parent / "samples"


def explain(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own, without any setting and without a database."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("FEDELE_", "DJANGO_"))}
    environment["FEDELE_DATA_DIR"] = "/nowhere/at/all"
    command = [sys.executable, "-m", "fedele", "mail", "explain", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_one_file_is_one_document_with_all_keys(tmp_path: Path) -> None:
    done = explain(SAMPLES / "exim.eml", "--json", cwd=tmp_path)
    facts = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert list(facts) == [
        "file", "kind", "sender", "recipients", "subject", "date", "thread", "new_text", "quoted", "signature", "attachments",
        "bounce", "bounces", "pec", "sender_check", "auto", "list", "invitation", "complaint", "size",
    ]  # fmt: skip
    assert (facts["kind"], facts["bounce"]["recipient"], facts["bounce"]["class"]) == (
        "hard_bounce", "nessuno@cliente.example", "hard",
    )  # fmt: skip


def test_a_folder_and_an_mbox_are_many(tmp_path: Path) -> None:
    mails = [(SAMPLES / f"{name}.eml").read_bytes() for name in ("qmail", "newsletter")]
    (tmp_path / "two.mbox").write_bytes(b"".join(b"From x Tue Mar 12 10:00:00 2024\n" + mail + b"\n" for mail in mails))
    (tmp_path / "three.eml").write_bytes((SAMPLES / "pec-message.eml").read_bytes())

    facts = json.loads(explain(tmp_path, "--json", cwd=tmp_path).stdout)

    assert [one["kind"] for one in facts["mails"]] == ["pec", "hard_bounce", "list"]


def test_people_read_lines(tmp_path: Path) -> None:
    lines = explain(SAMPLES / "ooo-gmail.eml", cwd=tmp_path).stdout.splitlines()

    assert lines[1:3] == ["kind: out_of_office", "sender:"]


def test_what_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = explain(tmp_path / "none.eml", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == f"{tmp_path / 'none.eml'} cannot be read: No such file or directory."


def test_whose_word_counts_is_said_on_the_line(tmp_path: Path) -> None:
    head = b"Authentication-Results: mx.aurora.example; dmarc=fail header.from=rinaldi.example\nFrom: anna@rinaldi.example\n"
    (tmp_path / "iban.eml").write_bytes(head + b"Subject: IBAN\n\nNuovo IBAN\n")

    told = json.loads(explain(tmp_path / "iban.eml", "--server", "mx.aurora.example", "--json", cwd=tmp_path).stdout)
    unreadable = explain(SAMPLES / "pec-message.eml", "--certificates", "nowhere.pem", cwd=tmp_path)

    assert (told["sender_check"]["verdict"], told["sender_check"]["why"]) == ("failed", "dmarc")
    assert (unreadable.returncode, "nowhere.pem" in unreadable.stderr) == (1, True)
