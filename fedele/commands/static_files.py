"""Static files gathered, named by their content and compressed, once per change."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import fedele
from fedele.commands.ready import use_django

#: Megabytes of other people's that no page of ours asks for: viewers of the API, and htmx in all its versions.
UNUSED = ["ninja", "django_htmx"]
BRINGING_STATIC_FILES = ("Django", "django-allauth", "whitenoise")


def collect_if_changed() -> bool:
    """Fills STATIC_ROOT if our files or the packages that bring some changed. Says whether it did."""
    from django.conf import settings

    wanted, stamp = fingerprint(), Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    from django.core.management import call_command

    use_django()
    call_command("collectstatic", interactive=False, clear=True, ignore_patterns=UNUSED, verbosity=0)
    stamp.write_text(wanted)
    return True


def fingerprint() -> str:
    package = Path(fedele.__file__).parent
    parts = [f"{name} {_version(name)}" for name in ("fedele", *BRINGING_STATIC_FILES)]
    for folder in sorted(package.glob("**/static")):
        for path in sorted(folder.rglob("*")):
            facts = path.stat()
            parts.append(f"{path.relative_to(package)} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
