"""People, a record, and a mail server that can be told to misbehave."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import translation

from fedele.access.models import Role, User
from fedele.tasks.tests.conftest import house, shared_database, worker

__all__ = ["house", "shared_database", "worker"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def giulia(db: None) -> User:
    user = User.objects.create_user("giulia@example.com", first_name="Giulia", language="en")
    user.roles.add(Role.objects.get(key="administrator"))
    return user


@pytest.fixture
def luca(db: None) -> User:
    user = User.objects.create_user("luca@example.com", first_name="Luca", last_name="Gatti", language="it")
    user.roles.add(Role.objects.get(key="administrator"))
    return user


@pytest.fixture
def eva(db: None) -> User:
    """May see nothing."""
    return User.objects.create_user("eva@example.com", first_name="Eva")


class Mailbox:
    """An SMTP server's handler. `answers` are given one a letter, then everything is accepted."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.answers: list[str] = []
        self.hang_up = False
        self.url = ""
        #: While it is not set, the server takes the text and does not answer.
        self.answers_now = threading.Event()
        self.answers_now.set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            self.letters.append(envelope)
        if self.hang_up:
            assert server.transport
            server.transport.abort()
            await asyncio.sleep(0.1)
        await asyncio.to_thread(self.answers_now.wait, 30)
        return answer


class AnyPort(Controller):
    """On a port the system chooses."""

    def _trigger_server(self) -> None:
        assert self.server
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    handler = Mailbox()
    controller = AnyPort(handler, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "", False, False
    settings.EMAIL_TIMEOUT = 10
    handler.url = f"smtp://127.0.0.1:{controller.port}"
    yield handler
    handler.answers_now.set()
    controller.stop()
