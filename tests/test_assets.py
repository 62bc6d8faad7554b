"""What the build makes is there, and small enough for a first visit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_assets import Assets

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "fedele" / "ui" / "static" / "vendor"


def test_every_icon_named_in_the_sources_is_in_the_sprite() -> None:
    drawn = re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text())

    assert drawn == Assets(ROOT).icon_names()


@pytest.mark.parametrize(("name", "most"), [("inter.woff2", 24_000), ("inter-ext.woff2", 12_000)])
def test_the_font_is_cut_down(name: str, most: int) -> None:
    content = (VENDOR / name).read_bytes()

    assert content[:4] == b"wOF2"
    assert len(content) <= most


def test_libraries_come_with_their_licences_and_without_maps() -> None:
    names = sorted(path.name for path in (VENDOR / "licences").iterdir())

    assert names == [
        "event-calendar-build.txt",
        "fontsource-variable-inter.txt",
        "htmx.org.txt",
        "sortablejs.txt",
        "trix.txt",
    ]
    assert [path.name for path in VENDOR.glob("*.js") if "sourceMappingURL" in path.read_text()] == []


def test_no_lock_names_a_host() -> None:
    locks = [ROOT / "package-lock.json", ROOT / "tests" / "browser" / "package-lock.json"]

    assert [lock.name for lock in locks if '"resolved"' in lock.read_text()] == []
