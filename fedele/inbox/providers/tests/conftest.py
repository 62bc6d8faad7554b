"""A provider, its mail servers, and mailboxes connected with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from fedele.inbox.fetching.tests.conftest import imap, in_english
from fedele.inbox.fetching.tests.server import Server
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.providers.models import Grant, Provider
from fedele.inbox.providers.tests.doors import SmtpDoor, imap_door
from fedele.inbox.providers.tests.service import CLIENT, SECRET, Service, provider_service
from fedele.notices.tests.conftest import AnyPort

__all__ = ["imap", "in_english"]

ADDRESS = "info@aurora.example"


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.PRIVATE_ADDRESSES = True
    with provider_service() as found:
        yield found


def registered(service: Service, **more: Any) -> Provider:
    given = {"name": "Aurora ID", "client_id": CLIENT, "scope": "mail offline_access"}
    where = {"authorize_url": f"{service.url}/authorize", "token_url": f"{service.url}/token"}
    one = Provider(**{**given, **where, **more})
    one.secret = SECRET
    one.save()
    return one


@pytest.fixture
def provider(db: None, service: Service) -> Provider:
    return registered(service)


@pytest.fixture
def info(db: None) -> Mailbox:
    """Everybody's, and nothing said yet of how it is reached."""
    since = dt.date(2020, 1, 1)
    plain = {"imap_security": "plain", "smtp_security": "plain"}
    return Mailbox.objects.create(name="Info", address=ADDRESS, since=since, **plain)


@pytest.fixture
def reached(info: Mailbox, service: Service, imap: Server) -> Iterator[Mailbox]:
    """It says where its server is, which takes tokens only."""
    with imap_door(service, imap, ADDRESS) as port:
        info.imap_host, info.imap_port = "127.0.0.1", port
        info.save()
        yield info


@pytest.fixture
def smtp(info: Mailbox, service: Service) -> Iterator[SmtpDoor]:
    door = SmtpDoor(service, ADDRESS)
    controller = AnyPort(door, hostname="127.0.0.1", port=0, auth_required=True, auth_require_tls=False)
    controller.start()
    Mailbox.objects.filter(pk=info.pk).update(smtp_host="127.0.0.1", smtp_port=controller.port)
    info.refresh_from_db()
    yield door
    controller.stop()


@pytest.fixture
def as_(cast: Any) -> Callable[[Any], Client]:
    def browser(user: Any) -> Client:
        type(user).objects.filter(pk=user.pk).update(language="en")
        client = Client()
        client.force_login(user)
        return client

    return browser


def begin(client: Client, box: Mailbox, provider: Provider) -> dict[str, str]:
    """What the browser is sent to the provider with."""
    page = client.post(f"/mailboxes/{box.pk}/connect/", {"provider": provider.pk})
    address = page.content.decode().split('content="0; url=')[1].split('"')[0].replace("&amp;", "&")
    assert address.startswith(f"{provider.signs_in_at}?")
    return {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.fixture
def connect(service: Service, as_: Any, cast: Any) -> Callable[..., Any]:
    """The whole way there and back; returns the page one ends on."""

    def walk(box: Mailbox, provider: Provider, user: Any = None) -> Any:
        client = as_(user or cast.sara)
        back = service.allow(begin(client, box, provider))
        page = client.get(path_of(back), follow=True)
        box.refresh_from_db()
        return page

    return walk


def ended(box: Mailbox, seconds: int = 60) -> Grant:
    """Its token ends in a minute: that is too soon."""
    Grant.objects.filter(mailbox=box).update(ends_at=timezone.now() + dt.timedelta(seconds=seconds))
    return Grant.objects.get(mailbox=box)
