"""The programs of bin/ say in one sentence why they cannot start."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHELL = shutil.which("sh")


def run(program: Path, path: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(path), "HOME": str(path)}
    return subprocess.run([str(SHELL), str(program)], env=environment, capture_output=True, text=True, check=False)


def tools(folder: Path) -> Path:
    """A PATH with what every machine has, and no Python."""
    folder.mkdir()
    for name in ("sh", "dirname"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def test_no_python(tmp_path: Path) -> None:
    done = run(ROOT / "bin" / "demo", tools(tmp_path / "path"))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Fedele needs Python 3.11 or later, and none was found on the PATH.\n"


def test_an_old_python(tmp_path: Path) -> None:
    path = tools(tmp_path / "path")
    old = path / "python3"
    # It answers the question for its version as Python 3.9 would.
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = run(ROOT / "bin" / "test", path)

    assert (done.returncode, done.stderr) == (1, "Fedele needs Python 3.11 or later, and none was found on the PATH.\n")


def test_every_program_is_executable_and_starts_in_the_same_way() -> None:
    programs = ("demo", "test", "dev", "fix", "ci", "bench")

    assert [name for name in programs if not os.access(ROOT / "bin" / name, os.X_OK)] == []
    for name in programs:
        last = (ROOT / "bin" / name).read_text().splitlines()[-1]
        assert last == f'exec "$(dirname "$0")/bootstrap" {name} "$@"'
