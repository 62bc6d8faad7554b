"""A mailbox read from a real IMAP server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fedele.inbox.fetching.tests.server import PASSWORD, USER, Server, imap_server
from fedele.inbox.mailboxes.models import Mailbox
from fedele.tasks.tests.conftest import house, in_english, shared_database

__all__ = ["house", "in_english", "shared_database"]


@pytest.fixture
def imap() -> Iterator[Server]:
    with imap_server() as server:
        yield server


def read_from(imap: Server, **more: Any) -> Mailbox:
    """info@: everybody's, plain IMAP."""
    given = {
        "name": "Info",
        "address": "info@aurora.example",
        "imap_host": "127.0.0.1",
        "imap_port": imap.port,
        "imap_user": USER,
    }
    box = Mailbox(**{**given, "imap_security": "plain", "since": dt.date(2020, 1, 1), **more})
    box.imap_password = PASSWORD
    box.save()
    return box


@pytest.fixture
def info(db: None, imap: Server) -> Callable[..., Mailbox]:
    return lambda **more: read_from(imap, **more)


def letter(number: int = 1, sender: str = "anna@cliente.example", text: str = "Buongiorno", extra: str = "") -> bytes:
    head = f"From: Anna Rossi <{sender}>\r\nTo: info@aurora.example\r\nSubject: Richiesta {number}\r\n"
    head += f"Date: Tue, 12 Mar 2024 10:{number % 60:02}:00 +0100\r\nMessage-ID: <{number}@cliente.example>\r\n{extra}"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text} {number}\r\n".encode()
