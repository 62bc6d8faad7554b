"""Makes .venv, installs Fedele into it when something changed, and starts one of the programs of bin/.

Only the standard library: this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "fedele-installed.json"
LOG = VENV / "fedele-install.log"
NEEDED_BYTES = {"": 400 * 2**20, "test": 1100 * 2**20}

# Program: the extra it needs, and what is run with the Python of .venv.
PROGRAMS = {
    "demo": ("", ["-m", "fedele", "demo"]),
    "dev": ("test", ["-m", "fedele", "demo", "--reload"]),
    "test": ("test", ["-m", "tests.run"]),
    "ci": ("test", ["-m", "tests.run"]),
    "fix": ("test", ["-m", "tests.run", "--fix"]),
    "bench": ("test", ["-m", "benchmarks"]),
}
# What pip, uv and npm say when no server answers; all of it means the same to whoever reads it.
NO_NETWORK = (
    "failed to establish a new connection",
    "temporary failure in name resolution",
    "name or service not known",
    "network is unreachable",
    "connection refused",
    "could not find a version that satisfies",
    "could not connect",
    "dns error",
    "error sending request",
    "front-end libraries could not be fetched",
    "proxyerror",
    "read timed out",
)
NO_SPACE = ("no space left on device", "disk quota exceeded", "enospc")


def main(program: str, arguments: list[str]) -> None:
    extra, command = PROGRAMS[program]
    os.chdir(ROOT)
    ensure_installed(extra)
    # Messages and icons change often and are made without the network; the large rest was made by the installation.
    subprocess.run([PYTHON, "build_assets.py"], check=True)
    if program == "ci":
        os.environ["CI"] = "true"
    if program == "dev":
        os.environ["FEDELE_DEBUG"] = "1"
    # Put in place of this process, so that signals reach the program itself.
    os.execv(PYTHON, [str(PYTHON), *command, *arguments])


def ensure_installed(extra: str) -> None:
    installed = json.loads(STAMP.read_text()) if STAMP.exists() else {"extras": []}
    if installed.get("wanted") == wanted() and extra in installed["extras"] and assets_are_there(installed["extras"]):
        return
    first = not STAMP.exists()
    free = shutil.disk_usage(ROOT).free
    if first and free < NEEDED_BYTES[extra]:
        stop(f"There is no room: the installation needs {NEEDED_BYTES[extra] >> 20} MB, {free >> 20} MB are free here.")
    if not python_works():
        make_environment()
    # A developer who started the tests once keeps their tools when the demo is started next.
    extras = sorted({extra, *installed["extras"], ""})
    install(extras, first)
    STAMP.write_text(json.dumps({"wanted": wanted(), "extras": extras}))


def assets() -> Any:
    sys.path.insert(0, str(ROOT))
    from build_assets import Assets

    return Assets(ROOT)


def wanted() -> str:
    """Changes whenever an installation made before is no longer what the sources ask for."""
    content = f"{ROOT} {assets().wanted()['libraries']}".encode() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content).hexdigest()


def assets_are_there(extras: list[str]) -> bool:
    # Only a developer's installation can draw a new icon by itself; any other asks the build hook for it.
    return "libraries" not in (stale := assets().stale()) and ("icons" not in stale or "test" in extras)


def python_works() -> bool:
    check = [PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return PYTHON.exists() and subprocess.run(check, capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    uv = shutil.which("uv")
    command = [uv, "venv", "--quiet", "--clear"] if uv else [sys.executable, "-m", "venv", "--clear"]
    made = subprocess.run([*command, str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return
    said = made.stdout + made.stderr
    if "ensurepip" in said:
        stop("This Python cannot make virtual environments; on Debian and Ubuntu: sudo apt install python3-venv")
    explain(said, "The virtual environment .venv could not be made")


def install(extras: list[str], first: bool) -> None:
    names = ",".join(extra for extra in extras if extra)
    target = f".[{names}]" if names else "."
    if uv := shutil.which("uv"):
        # uv keeps an editable build and would not run our build hook again without being told to.
        command = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--reinstall-package", "fedele", "-e", target]
    else:
        options = ["--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"]
        command = [PYTHON, "-m", "pip", "install", *options, "-e", target]
    what = "Installing Fedele into .venv, once; about half a minute" if first else "Bringing .venv up to date"
    print(f"{what} … ", end="", file=sys.stderr, flush=True)
    started = time.monotonic()
    with LOG.open("w") as log:
        done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        print(file=sys.stderr)
        explain(LOG.read_text(errors="replace"), "The installation failed")
    print(f"done in {time.monotonic() - started:.0f} s.", file=sys.stderr, flush=True)


def explain(said: str, otherwise: str) -> None:
    """Ends with one sentence for the usual reasons, and with the last lines of the tool for any other."""
    lower = said.lower()
    # On a full disk even the reason may not have been written down.
    if any(sign in lower for sign in NO_SPACE) or shutil.disk_usage(ROOT).free < 2**20:
        stop("The disk is full; make room and start again.")
    if any(sign in lower for sign in NO_NETWORK):
        stop(
            f"The first start fetches packages from the network, which did not answer. Details: {LOG.relative_to(ROOT)}"
        )
    stop(f"{otherwise}:\n" + "\n".join(said.strip().splitlines()[-15:]))


def stop(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2:])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except OSError as error:
        if error.errno == 28:
            stop("The disk is full; make room and start again.")
        stop(f"{error.strerror}: {error.filename}")
