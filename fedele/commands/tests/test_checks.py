"""Unsafe settings are named; safe ones are not complained about."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fedele.config import checks, settings

SAFE = {
    "DEBUG": False,
    "DEMO": False,
    "TESTING": False,
    "SECRET_KEY": "b7Qx0-pT4mZkR2vLs9WfYcJ8hNdEa6Ug1iOt5XeB3rPq",
    "SITE_URL": "https://crm.example.com",
    "SITE_HOST": "crm.example.com",
    "HTTPS": True,
    "PEC_CERTIFICATES": "",
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "ALLOWED_HOSTS": ["crm.example.com"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


@pytest.fixture
def safe(tmp_path: Path) -> SimpleNamespace:
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "fedele.sqlite3"),
        "OPTIONS": {"init_command": "PRAGMA synchronous=FULL"},
    }
    return SimpleNamespace(**SAFE, DATA_DIR=tmp_path, EMAIL_FILE_PATH="mail", DATABASES={"default": database})


def named(settings: SimpleNamespace, *, errors: bool = True) -> list[str]:
    return [finding.setting for finding in checks.of_settings(settings) if finding.is_error == errors]


def test_a_safe_installation(safe: SimpleNamespace) -> None:
    assert checks.of_settings(safe) == []


@pytest.mark.parametrize(
    ("name", "value", "setting"),
    [
        ("DEBUG", True, "FEDELE_DEBUG"),
        ("DEMO", True, "FEDELE_DEMO"),
        ("TESTING", True, "FEDELE_TESTING"),
        ("SECRET_KEY", checks.WEAK_KEY, "FEDELE_SECRET_KEY"),
        ("SECRET_KEY", "secret", "FEDELE_SECRET_KEY"),
        ("SECRET_KEY", "a" * 60, "FEDELE_SECRET_KEY"),
        ("HTTPS", False, "FEDELE_SITE_URL"),
        ("ALLOWED_HOSTS", ["*"], "FEDELE_ALLOWED_HOSTS"),
    ],
)
def test_each_unsafe_setting_is_named(safe: SimpleNamespace, name: str, value: Any, setting: str) -> None:
    setattr(safe, name, value)

    assert named(safe) == [setting]


def test_what_cannot_be_written_is_named(safe: SimpleNamespace, tmp_path: Path) -> None:
    occupied = tmp_path / "a file"
    occupied.write_text("not a folder")
    safe.DATA_DIR = occupied / "data"
    safe.DATABASES["default"]["NAME"] = str(occupied / "data" / "fedele.sqlite3")

    assert named(safe) == ["FEDELE_DATABASE_URL", "FEDELE_DATA_DIR"]


def test_what_should_be_meant_is_a_warning(safe: SimpleNamespace) -> None:
    safe.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    safe.SECURE_PROXY_SSL_HEADER = None
    safe.DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=NORMAL"

    assert named(safe) == []
    assert named(safe, errors=False) == ["FEDELE_BEHIND_PROXY", "FEDELE_SQLITE_SYNCHRONOUS", "FEDELE_EMAIL_URL"]


def test_the_key_in_the_sources_is_the_one_refused() -> None:
    source = Path(settings.__file__).read_text()
    assert re.search(r'environment\.text\("SECRET_KEY"\) or "(.+?)"', source)[1] == checks.WEAK_KEY  # type: ignore[index]
