"""Reads the settings of an installation from environment variables named `FEDELE_…`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}

# Waiting for the one writer instead of failing, readers beside it, and a commit that is on disk before it is
# acknowledged: docs/decisions/0003-sqlite-durability.md.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous={synchronous};PRAGMA mmap_size=268435456;"
        "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-32000;PRAGMA temp_store=MEMORY;"
    ),
}


def text(name: str, default: str = "") -> str:
    return os.environ.get(f"FEDELE_{name}", default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "true" if default else "false").lower()
    if value in TRUE or value in FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"FEDELE_{name} is {value!r}; write true or false.")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if value.lstrip("-").isdigit():
        return int(value)
    raise ImproperlyConfigured(f"FEDELE_{name} is {value!r}; write a whole number.")


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def database(data_dir: Path) -> dict:
    """`sqlite:///path/to/file` (default: in the data directory) or `postgresql://user:password@host:port/name`."""
    url = text("DATABASE_URL")
    if not url or url.startswith("sqlite:"):
        return _sqlite(unquote(url[len("sqlite:///") :]) if url else str(data_dir / "fedele.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("FEDELE_DATABASE_URL starts with neither sqlite:/// nor postgresql://.")
    query = dict(parse_qsl(parts.query))
    options = {key: value for key, value in query.items() if key != "host"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": number("DATABASE_POOL", 8), "timeout": 10}},
    }


def _sqlite(path: str) -> dict:
    synchronous = text("SQLITE_SYNCHRONOUS", "FULL").upper()
    if synchronous not in ("FULL", "NORMAL", "EXTRA"):
        raise ImproperlyConfigured("FEDELE_SQLITE_SYNCHRONOUS is FULL, EXTRA or NORMAL.")
    command = SQLITE_OPTIONS["init_command"].format(synchronous=synchronous)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {**SQLITE_OPTIONS, "init_command": command},
    }


def email() -> dict:
    """`smtp://user:password@host:587?tls=true`, or nothing: then mail is written to files in the data directory."""
    url = text("EMAIL_URL")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if parts.scheme not in ("smtp", "smtps"):
        raise ImproperlyConfigured("FEDELE_EMAIL_URL starts with neither smtp:// nor smtps://.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and query.get("tls", "").lower() in TRUE,
        "EMAIL_TIMEOUT": 20,
    }


def storage(data_dir: Path) -> dict:
    """`s3://bucket?endpoint_url=…&region_name=…`, or nothing: then files lie in the data directory."""
    url = text("STORAGE_URL")
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(data_dir / "files"), "base_url": None},
        }
    parts = urlsplit(url)
    if parts.scheme != "s3":
        raise ImproperlyConfigured("FEDELE_STORAGE_URL starts with s3://.")
    options = {"bucket_name": parts.netloc, "default_acl": None, "querystring_auth": True, "file_overwrite": False}
    return {"BACKEND": "fedele.config.bucket.Bucket", "OPTIONS": {**options, **dict(parse_qsl(parts.query))}}
