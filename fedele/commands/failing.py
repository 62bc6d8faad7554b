"""Errors an administrator can mend, said in one sentence."""

from __future__ import annotations

import errno


class Failed(Exception):
    """The command cannot go on; the message is a whole sentence for the person at the terminal."""


def sentence_of(error: BaseException) -> str | None:
    """What to say about `error`, or None if it is a fault of ours and the traceback is needed."""
    from django.core.exceptions import ImproperlyConfigured, ValidationError
    from django.db import DatabaseError

    if isinstance(error, Failed | ImproperlyConfigured):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, DatabaseError):
        return _about_database(str(error).strip())
    if isinstance(error, OSError):
        return _about_file(error)
    return None


def _about_database(said: str) -> str | None:
    lower = said.lower()
    if "disk is full" in lower or "no space left" in lower:
        return "The disk is full; nothing was written."
    if "no such table" in lower or ("relation" in lower and "does not exist" in lower):
        return "The database has no tables yet, or those of an older version; run: fedele migrate"
    if "unable to open database file" in lower or "readonly database" in lower:
        return f"The database file cannot be opened for writing ({said}); see FEDELE_DATA_DIR and FEDELE_DATABASE_URL."
    if "file is not a database" in lower or "malformed" in lower:
        return f"The database file is damaged ({said}); nothing was written. Restore the last backup: fedele restore"
    if "connection" in lower or "timeout" in lower or "authentication" in lower:
        return f"The database does not answer: {said.splitlines()[-1]}"
    return None


def _about_file(error: OSError) -> str | None:
    if error.errno == errno.ENOSPC:
        return "The disk is full; nothing was written."
    if error.filename and error.errno in (errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.EROFS):
        return f"{error.filename}: {error.strerror}."
    return None
