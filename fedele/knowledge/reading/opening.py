"""Has the child open a stored file: a few at once, each ended when it takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from fedele.knowledge.files.models import StoredFile
from fedele.knowledge.reading import child

SECONDS = 30
#: At once in one process of ours, so that people looking at pages do not take all processors; and how long one waits for a turn.
AT_ONCE, TURN = 2, 20
_turns = threading.BoundedSemaphore(AT_ONCE)


class Unopened(Exception):
    """The child could not or would not open it."""

    @property
    def is_locked(self) -> bool:
        return self.args[0] == child.LOCKED

    @property
    def is_too_big(self) -> bool:
        return self.args[0] == child.TOO_BIG


def texts_in(stored: StoredFile, ending: str) -> tuple[list[str], int]:
    """(text of each page or part, how many pages)"""
    answer: dict[str, Any] = json.loads(_opened(stored, "text", ending))
    return answer["parts"], answer["pages"]


def has_text(ending: str) -> bool:
    return ending in child._TEXTS


def page_in(stored: StoredFile, number: int, width: int) -> bytes:
    return _opened(stored, "page", str(number), str(width))


def picture_in(stored: StoredFile, width: int) -> bytes:
    return _opened(stored, "picture", str(width))


def drawn_anew(file: Any, width: int) -> bytes:
    """A picture that is not kept as it came: as PNG or JPEG, at most so wide, and nothing the file said besides."""
    with tempfile.NamedTemporaryFile(prefix="fedele-") as copy:
        for piece in file.chunks():
            copy.write(piece)
        copy.flush()
        return _answer(lambda: nullcontext(copy.name), "drawing", str(width))


def _opened(stored: StoredFile, act: str, *given: str) -> bytes:
    return _answer(lambda: _on_disk(stored), act, *given)


def _answer(on_disk: Callable[[], AbstractContextManager[str]], act: str, *given: str) -> bytes:
    if not _turns.acquire(timeout=TURN):
        raise Unopened(child.UNREADABLE)
    try:
        with on_disk() as path:
            command = [sys.executable, "-I", child.__file__, act, path, *given]
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env={})
    except (subprocess.TimeoutExpired, FileNotFoundError):
        raise Unopened(child.UNREADABLE) from None
    finally:
        _turns.release()
    if done.returncode:
        raise Unopened(done.returncode)
    return done.stdout


@contextmanager
def _on_disk(stored: StoredFile) -> Iterator[str]:
    """The file itself, or a copy of what lies in a distant store."""
    try:
        path = default_storage.path(str(stored.file.name))
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(prefix="fedele-") as copy, stored.file.open("rb") as source:
            for piece in source.chunks():
                copy.write(piece)
            copy.flush()
            yield copy.name
        return
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    yield path
