"""Disconnected, a permission is taken back at its provider, too; one that cannot be told keeps nobody from disconnecting."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.providers import granting
from fedele.inbox.providers.models import Grant, Provider
from fedele.inbox.providers.revoking import revoke
from fedele.inbox.providers.tests.conftest import registered
from fedele.inbox.providers.tests.service import CLIENT, SECRET, Service
from fedele.inbox.providers.tests.test_connecting import messages
from fedele.inbox.providers.tokens import Tokens
from fedele.journal.models import Entry

WELL = "Disconnected and paused. Enter a password, or connect it again."


@pytest.fixture
def provider(db: None, service: Service) -> Provider:
    return registered(service, revoke_url=f"{service.url}/revoke")


@pytest.fixture
def disconnect(as_: Any, cast: Any) -> Any:
    """Presses the button; answers what is said."""

    def press(box: Mailbox) -> str:
        page = as_(cast.sara).post(f"/mailboxes/{box.pk}/disconnect/")
        assert (page.status_code, Grant.objects.count(), Mailbox.objects.get().is_paused) == (302, 0, True)
        return messages(page)[-1]

    return press


def test_it_is_taken_back_there(
    connect: Any, disconnect: Any, reached: Mailbox, provider: Provider, service: Service, caplog: Any
) -> None:
    connect(reached, provider)
    (refresh,) = service.refresh
    assert (disconnect(reached), service.refresh) == (WELL, set())
    asked = {"token": refresh, "token_type_hint": "refresh_token", "client_id": CLIENT, "client_secret": SECRET}
    assert (service.revoked, refresh in caplog.text) == ([asked], False)
    assert Entry.objects.filter(kind="mailbox.disconnected").count() == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((503, b"later"), "it answers 503"),
        ((400, b'{"error": "unsupported_token_type"}'), "unsupported_token_type"),
        ((401, b'{"error": {"code": 7}}'), "it answers 401"),
        ((400, b'{"error": "invalid_token"}'), ""),
    ],
)
def test_what_it_refuses_is_told_and_forgotten_here(
    answer: tuple[int, bytes],
    why: str,
    connect: Any,
    disconnect: Any,
    reached: Mailbox,
    provider: Provider,
    service: Service,
) -> None:
    connect(reached, provider)
    service.answers = [answer]
    told = f"Disconnected and paused, but Aurora ID could not be told ({why}): remove the permission there."
    assert disconnect(reached) == (told if why else WELL)


def test_one_that_is_not_there_keeps_nobody(
    connect: Any, disconnect: Any, reached: Mailbox, provider: Provider, settings: Any
) -> None:
    connect(reached, provider)
    settings.PRIVATE_ADDRESSES = False
    assert disconnect(reached).startswith("Disconnected and paused, but Aurora ID could not be told (")


def test_where_it_has_no_address_for_it_that_is_said(
    connect: Any, disconnect: Any, reached: Mailbox, provider: Provider, service: Service
) -> None:
    Provider.objects.update(revoke_url="")
    connect(reached, provider)
    assert (
        disconnect(reached) == "Disconnected and paused. At Aurora ID the permission stands until you remove it there."
    )
    assert service.revoked == []


def test_what_is_over_there_is_not_shown_again(
    connect: Any, disconnect: Any, reached: Mailbox, provider: Provider, service: Service
) -> None:
    connect(reached, provider)
    Grant.objects.update(is_over=True)
    assert (disconnect(reached), service.revoked) == (WELL, [])


def test_google_has_an_address_that_wants_the_token_alone_and_microsoft_has_none(
    info: Mailbox, cast: Any, monkeypatch: pytest.MonkeyPatch, service: Service
) -> None:
    google = Provider.objects.create(kind="google", name="Google", client_id="x")
    microsoft = Provider.objects.create(
        kind="microsoft", name="Microsoft", client_id="x", revoke_url="https://a.example/"
    )
    assert (google.takes_back_at, microsoft.takes_back_at) == ("https://oauth2.googleapis.com/revoke", "")
    granting.connect(info, google, Tokens("a", "r"), by=cast.sara)
    assert granting.disconnect(info, by=cast.sara) is not None
    # The same words, said to the provider that listens here.
    monkeypatch.setattr(Provider, "takes_back_at", f"{service.url}/revoke")
    service.answers = [(200, b"{}")]
    assert (revoke(google, "r"), service.revoked) == ("", [{"token": "r"}])
