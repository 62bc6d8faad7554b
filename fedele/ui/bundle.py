"""One stylesheet and one script out of many small files, made when somebody asks and a source is newer.

Styles are joined in the order of their names; `@layer` decides what wins. The script begins with htmx; then come the
files in `core/`, which share one scope; each file in `elements/` has a scope of its own and sees what `core/` exports.
Their `import` lines are for readers and editors: here they are left out.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).parent / "static"
IMPORT = re.compile(r'^import [^;]*?from "[^"]+";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(async )?function|class|const|let)", re.MULTILINE)
BLOCK_COMMENT = re.compile(r"^\s*/\*.*?\*/\s*?$", re.MULTILINE | re.DOTALL)
LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_AROUND = re.compile(r"\s*([{};,>])\s*")
CSS_COLON = re.compile(r":\s+")
HTMX = SOURCES / "vendor" / "htmx.min.js"


def stylesheet(files: Iterable[Path]) -> str:
    text = CSS_COMMENT.sub("", "\n".join(file.read_text("utf-8") for file in files))
    return CSS_COLON.sub(":", CSS_AROUND.sub(r"\1", re.sub(r"\s+", " ", text))).replace(";}", "}").strip()


def script(files: Iterable[Path]) -> str:
    return "\n".join(_scoped(file) for file in files)


def _scoped(file: Path) -> str:
    if file == HTMX:
        return file.read_text("utf-8") + "globalThis.htmx = htmx;"
    text = EXPORT.sub("", IMPORT.sub("", file.read_text("utf-8")))
    text = LINE_COMMENT.sub("", BLOCK_COMMENT.sub("", text))
    body = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return body if file.parent.name == "core" else "{" + body + "\n}"


def sources_of(name: str) -> list[Path]:
    if name == "dist/fedele.css":
        return sorted((SOURCES / "css").glob("*.css"))
    return [HTMX, *sorted((SOURCES / "js" / "core").glob("*.js")), *sorted((SOURCES / "js" / "elements").glob("*.js"))]


MAKERS = {"dist/fedele.css": stylesheet, "dist/fedele.js": script}


class BundleFinder(BaseFinder):
    """Serves and collects `dist/fedele.css` and `dist/fedele.js`."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.folder = Path(settings.DATA_DIR) / "bundle"
        self.storage = FileSystemStorage(location=str(self.folder))

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in MAKERS:
            return []
        made = str(self.made(path))
        return [made] if find_all or kwargs.get("all") else made

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in MAKERS:
            self.made(name)
            yield name, self.storage

    def made(self, name: str) -> Path:
        target, sources = self.folder / name, sources_of(name)
        newest = max(file.stat().st_mtime for file in [*sources, Path(__file__)])
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Written aside and moved: a request at the same moment gets the old file or the new one, never a half.
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as fresh:
                fresh.write(MAKERS[name](sources))
            Path(fresh.name).chmod(0o644)
            Path(fresh.name).replace(target)
        return target
