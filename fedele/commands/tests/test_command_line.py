"""The command answers in sentences, serves and stops as promised."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from fedele.cli import main
from fedele.commands import COMMANDS
from fedele.commands.tests.installation import Installation, installation


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data") as made:
        yield made


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    assert ended.value.code == 0
    assert f"usage: fedele {name}" in capsys.readouterr().out


def test_a_taken_port_is_one_sentence(empty: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = empty.run("demo", "--port", str(port))

    assert (answer.code, answer.out, answer.err) == (
        1,
        "",
        f"Port {port} is taken by another program; stop that or choose another, such as --port {port + 1}.",
    )


def test_unsafe_settings_keep_it_from_serving(empty: Installation) -> None:
    empty.environment["FEDELE_DEMO"] = "false"

    answer = empty.run("serve")

    assert answer.code == 1
    assert answer.err.splitlines()[-1] == "Not started, because of FEDELE_SECRET_KEY, FEDELE_SITE_URL."


def test_an_error_is_json_where_facts_are_asked_for(empty: Installation) -> None:
    answer = empty.run("explain", "unicorn", "--json")

    assert answer.code == 1
    assert answer.facts == {"error": answer.err}
    assert answer.err.startswith("There is no record type 'unicorn'; there are: activity, agreement, company, contact")


def test_migrating_twice_does_nothing(empty: Installation) -> None:
    assert empty.run("migrate", "--plan", "--json").facts["done"] is False
    assert len(empty.run("migrate", "--json").facts["migrations"]) > 20
    assert empty.run("migrate", "--json").facts == {"done": True, "migrations": []}


def test_an_administrator_can_sign_in(empty: Installation) -> None:
    empty.run("migrate")
    made = empty.run("administrator", "Sara@example.com", "--name", "Sara Conti", "--json").facts

    script = (
        "import django; django.setup(); from fedele.access.models import User;"
        "u = User.objects.get(); print(u.email, u, u.is_administrator, u.check_password(%r))"
    )
    assert empty.python("-c", script % made["password"]).out == "sara@example.com Sara Conti True True"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
def test_the_demo_answers_and_leaves_nothing_behind(empty: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    demo = subprocess.Popen(
        [sys.executable, "-m", "fedele", "demo", "--port", str(port)],
        env=empty.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout
    said = [demo.stdout.readline()]
    while said[-1] and "The password of each" not in said[-1]:
        said.append(demo.stdout.readline())
    children = children_of(demo.pid)
    with urllib.request.urlopen(f"http://localhost:{port}/accounts/login/") as page:
        status = page.status
    demo.send_signal(signal.SIGTERM)
    rest = demo.communicate(timeout=60)[0]

    assert (status, demo.returncode, len(children)) == (200, 0, 2)
    assert rest.splitlines()[-1] == "Stopped. What you changed is kept; bin/demo goes on from there."
    assert sum("@officineaurora.example" in line for line in said) == 8
    time.sleep(0.1)
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=,ppid=", "-A"], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return [child for child, parent in pairs if parent == pid and Path(f"/proc/{child}/cmdline").read_bytes()]


def test_a_file_is_imported_with_its_problems_by_line(empty: Installation, tmp_path: Path) -> None:
    empty.run("migrate")
    empty.run("administrator", "sara@example.com")
    file = tmp_path / "list.csv"
    file.write_text("Ragione sociale;Luogo;P.IVA\nAlfa Srl;Brescia;00743110157\nBeta;Milano;123\n")
    command = ("import", str(file), "--as", "company", "--map", "Luogo=city", "--json")

    tried, done = empty.run(*command, "--dry-run").facts, empty.run(*command).facts

    assert [(facts["read"], facts["new"], facts["problems"]) for facts in (tried, done)] == [(2, 1, 1)] * 2
    assert [(row["line"], row["column"]) for row in done["problem_rows"]] == [(3, "P.IVA")]
    exported = tmp_path / "back.csv"
    assert empty.run("export", str(exported), "--as", "company", "--json").facts["rows"] == 1
    assert "Alfa Srl;Brescia" in exported.read_text("utf-8-sig")
