"""What makes an installation unsafe, each thing named by the setting that mends it."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WEAK_KEY = "insecure-key-for-trying-out-only"
STORE = "FEDELE_STORAGE_URL"
#: What stores say when the keys are wrong, or are not allowed enough.
REFUSED = frozenset("403 AccessDenied InvalidAccessKeyId SignatureDoesNotMatch NoCredentialsError ExpiredToken".split())
OWN_MACHINE = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or (a warning) that should be meant."""

    setting: str
    sentence: str
    is_error: bool = True

    @property
    def line(self) -> str:
        return f"{'error' if self.is_error else 'warning'}: {self.setting}: {self.sentence}"

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self)


def of_settings(settings: Any = None) -> list[Finding]:
    """Needs the settings only (default: those in force), so that it costs nothing at every start."""
    if settings is None:
        from django.conf import settings
    return [*_modes(settings), *_secrets(settings), *_address(settings), *_places(settings), *_trust(settings)]


def _modes(settings: Any) -> list[Finding]:
    said = {
        "DEBUG": "is on; pages show source code and settings to whoever meets an error.",
        "DEMO": "is on; everybody knows the passwords of the demo company.",
        "TESTING": "is on; jobs run inside requests.",
    }
    return [Finding(f"FEDELE_{name}", sentence) for name, sentence in said.items() if getattr(settings, name)]


def _trust(settings: Any) -> list[Finding]:
    if not settings.PEC_CERTIFICATES:
        return []
    from fedele.inbox.reading.trust import Unusable, trust_in

    try:
        trust_in(settings.PEC_CERTIFICATES)
    except Unusable as error:
        return [Finding("FEDELE_PEC_CERTIFICATES", f"cannot be read: {error}")]
    return []


def _secrets(settings: Any) -> list[Finding]:
    key = settings.SECRET_KEY
    if key == WEAK_KEY:
        return [Finding("FEDELE_SECRET_KEY", "is missing; it signs sessions and links. Take 50 random characters.")]
    if len(key) < 32 or len(set(key)) < 10:
        return [Finding("FEDELE_SECRET_KEY", "is easy to guess; take 50 random characters.")]
    return []


def _address(settings: Any) -> list[Finding]:
    found = []
    if not settings.HTTPS:
        sentence = "does not begin with https://; passwords would travel readable by others."
        if settings.SITE_HOST in OWN_MACHINE:
            sentence = f"is {settings.SITE_URL}; no colleague could follow a link there."
        found.append(Finding("FEDELE_SITE_URL", sentence))
    elif settings.SECURE_PROXY_SSL_HEADER is None:
        sentence = "is off though the address is https; switch it on behind a proxy that sets X-Forwarded-Proto."
        found.append(Finding("FEDELE_BEHIND_PROXY", sentence, is_error=False))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Finding("FEDELE_ALLOWED_HOSTS", "contains *; links could be made to lead elsewhere."))
    return found


def _places(settings: Any) -> list[Finding]:
    found = []
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        path = Path(database["NAME"])
        if not _can_write(path):
            found.append(Finding("FEDELE_DATABASE_URL", f"{path} cannot be written."))
        if "synchronous=FULL" not in database["OPTIONS"]["init_command"].replace("EXTRA", "FULL"):
            sentence = "is not FULL; after a power failure the last changes may be gone."
            found.append(Finding("FEDELE_SQLITE_SYNCHRONOUS", sentence, is_error=False))
    if not _can_write(Path(settings.DATA_DIR) / "files"):
        found.append(Finding("FEDELE_DATA_DIR", f"{settings.DATA_DIR} cannot be written."))
    if is_bucket(settings) and not find_spec("storages"):
        found.append(Finding(STORE, "needs the extra s3: pip install 'fedele[s3]'."))
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        sentence = f"is missing; mail, also for a forgotten password, is only written to {settings.EMAIL_FILE_PATH}."
        found.append(Finding("FEDELE_EMAIL_URL", sentence, is_error=False))
    return found


def is_bucket(settings: Any) -> bool:
    """Do files lie in a bucket, and not in the data directory?"""
    storages = getattr(settings, "STORAGES", {})
    return bool(storages) and str(storages["default"]["BACKEND"]).endswith("bucket.Bucket")


def of_store(settings: Any = None) -> list[Finding]:
    """Writes, reads and deletes a small file in the bucket, and names what is in the way of it."""
    if settings is None:
        from django.conf import settings
    if not is_bucket(settings) or not find_spec("storages"):
        return []
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from fedele.base.stores import StoreError

    try:
        name = default_storage.save("check/fedele", ContentFile(b"Can be taken away."))
        with default_storage.open(name) as file:
            file.read()
        default_storage.delete(name)
    except StoreError as error:
        return [Finding(STORE, _in_the_way(error.code, settings.STORAGES["default"]["OPTIONS"]["bucket_name"]))]
    return []


def _in_the_way(code: str, bucket: str) -> str:
    if code in ("NoSuchBucket", "404"):
        return f"names the bucket {bucket}, which is not there."
    if code in REFUSED:
        keys = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        return f"is refused ({code}): look at {keys}, and whether they may list, read, write and delete in {bucket}."
    return f"does not answer ({code})."


def _can_write(path: Path) -> bool:
    """Could `path`, or what is missing above it, be written or made?"""
    if path.exists():
        beside = path.parent if path.is_file() else path
        return os.access(path, os.W_OK) and os.access(beside, os.W_OK)
    existing = next(parent for parent in path.parents if parent.exists())
    return existing.is_dir() and os.access(existing, os.W_OK)


def of_database() -> list[Finding]:
    """Asks the database itself. Errors of reaching it are left to the caller."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    consequence = {
        "fsync": "is off; after a power failure the database may be damaged.",
        "full_page_writes": "is off; after a power failure the database may be damaged.",
        "synchronous_commit": "is off; after a power failure the last changes may be gone.",
    }
    found = []
    for name, sentence in consequence.items():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                found.append(Finding(f"{name} of PostgreSQL", sentence, is_error=name != "synchronous_commit"))
    return found


def of_migrations() -> list[Finding]:
    from fedele.commands.migrate import pending

    if waiting := len(pending()):
        return [Finding("fedele migrate", f"has not been run for this version; steps that wait: {waiting}.")]
    return []


def of_declarations() -> list[Finding]:
    """Django's own checks and those of the record types."""
    from django.core.checks import ERROR, run_checks

    return [
        Finding(str(message.obj or message.id), f"{message.msg} {message.hint or ''}".strip(), message.level >= ERROR)
        for message in run_checks()
        if not message.is_silenced()
    ]
