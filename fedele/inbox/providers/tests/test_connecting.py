"""From a mailbox's page to the provider and back: only what was asked for here, by who may ask for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages

from fedele.inbox.mailboxes.forms import MailboxForm
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.providers import asking, granting
from fedele.inbox.providers.models import Grant, Provider
from fedele.inbox.providers.tests.conftest import begin, path_of
from fedele.inbox.providers.tests.service import Service
from fedele.inbox.providers.tokens import Tokens
from fedele.journal.models import Entry


def messages(page: Any) -> list[str]:
    return [str(one) for one in get_messages(page.wsgi_request)]


def test_connected_and_tried_at_once(connect: Any, reached: Mailbox, provider: Provider, service: Service) -> None:
    reached.imap_password = "old"
    reached.save()
    page = connect(reached, provider).content.decode()
    assert "Connected with Aurora ID. The connection works." in page
    grant = Grant.objects.get()
    assert (grant.mailbox, grant.given_by.first_name, reached.imap_locked) == (reached, "Sara", "")
    assert [one.data for one in Entry.objects.filter(kind="mailbox.connected")] == [{"provider": "Aurora ID"}]
    assert [one["grant_type"] for one in service.asked] == ["authorization_code"]


def test_no_token_and_no_secret_stands_anywhere_in_the_clear(
    connect: Any, reached: Mailbox, provider: Provider, service: Service, as_: Any, cast: Any, caplog: Any
) -> None:
    connect(reached, provider)
    (access,), (refresh,) = service.access, service.refresh
    rows = [str(list(model.objects.values())) for model in (Grant, Provider, Mailbox, Entry)]
    client = as_(cast.sara)
    pages = [f"/setup/mailboxes/{reached.pk}/", "/setup/mailboxes/", f"/setup/mailboxes/providers/{provider.pk}/"]
    shown = [client.get(page).content.decode() for page in pages]
    for secret in (access, refresh, provider.secret):
        assert [secret in text for text in (*rows, *shown, caplog.text)] == [False] * (len(rows) + 4)


def test_what_was_not_asked_for_here_is_refused(
    as_: Any, cast: Any, info: Mailbox, provider: Provider, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, other = as_(cast.sara), as_(cast.sara)
    back = path_of(service.allow(begin(client, info, provider)))
    refused = [other.get(back), client.get(f"{back}x"), client.get(back)]
    back = path_of(service.allow(begin(client, info, provider)))
    monkeypatch.setattr(asking, "LONGEST", -1)
    refused.append(client.get(back))
    assert {(one.status_code, one.url) for one in refused} == {(302, "/setup/mailboxes/")}
    assert messages(refused[-1])[0].startswith("This sign-in was not begun here, or too long ago.")
    assert (service.asked, Grant.objects.count()) == ([], 0)


def test_a_second_time_is_refused(
    connect: Any, as_: Any, cast: Any, reached: Mailbox, provider: Provider, service: Service
) -> None:
    client = as_(cast.sara)
    back = path_of(service.allow(begin(client, reached, provider)))
    assert (client.get(back).url, client.get(back).url) == (f"/setup/mailboxes/{reached.pk}/", "/setup/mailboxes/")
    assert len(service.asked) == 1


def test_only_who_configures_a_mailbox_connects_it(as_: Any, cast: Any, info: Mailbox, provider: Provider) -> None:
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=cast.giulia)
    give = {"provider": provider.pk}
    for user, box in ((cast.giulia, info), (cast.sara, own), (cast.luca, own), (cast.eva, info)):
        for act in ("connect", "disconnect"):
            assert as_(user).post(f"/mailboxes/{box.pk}/{act}/", give).status_code == 404
    asked = begin(as_(cast.giulia), own, provider)
    assert (asked["login_hint"], "login_hint" in begin(as_(cast.sara), info, provider)) == (own.address, False)


def test_who_may_no_longer_configure_it_brings_back_nothing(
    as_: Any, cast: Any, info: Mailbox, provider: Provider, service: Service
) -> None:
    client = as_(cast.sara)
    back = path_of(service.allow(begin(client, info, provider)))
    cast.sara.roles.clear()
    assert client.get(back).status_code == 404
    assert (service.asked, Grant.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("access_denied", "Not connected: you did not allow it at Aurora ID."),
        ("server_error", "Not connected: Aurora ID says “server_error”."),
    ],
)
def test_what_the_provider_refuses_is_said(
    as_: Any, cast: Any, info: Mailbox, provider: Provider, error: str, words: str
) -> None:
    client = as_(cast.sara)
    state = begin(client, info, provider)["state"]
    page = client.get("/mailboxes/connected/", {"state": state, "error": error})
    assert (page.url, messages(page)) == (f"/setup/mailboxes/{info.pk}/", [words])


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (400, b'{"error": "invalid_grant"}', "Aurora ID no longer lets Fedele in. Connect the mailbox again."),
        (401, b'{"error": "invalid_client"}', "Aurora ID does not know this application, or its secret has ended"),
        (400, b'{"error": "invalid_scope"}', "Aurora ID gives no permission: invalid_scope"),
        (503, b"busy", "Aurora ID gives no permission just now (503)."),
        (302, b"", "Aurora ID answers with something that is no permission."),
        (200, b"[1]", "Aurora ID answers with something that is no permission."),
        (200, b"\xff", "Aurora ID answers with something that is no permission."),
        (200, b'{"access_token": "a\\r\\nb", "refresh_token": "r"}', "Aurora ID answers with something that is no"),
        (200, b'{"access_token": "a", "expires_in": 60}', "Aurora ID gave no permission that lasts."),
        (200, b"x" * 70_000, "Aurora ID answers with something that is no permission."),
    ],
)
def test_what_it_answers_instead_of_a_permission_is_said(
    as_: Any, cast: Any, info: Mailbox, provider: Provider, service: Service, status: int, body: bytes, words: str
) -> None:
    client, service.answers = as_(cast.sara), [(status, body)]
    page = client.get(path_of(service.allow(begin(client, info, provider))))
    assert page.url == f"/setup/mailboxes/{info.pk}/"
    assert messages(page)[0].startswith(f"Not connected: {words}")
    assert Grant.objects.count() == 0


def test_no_address_of_our_own_network_is_called(
    as_: Any, cast: Any, info: Mailbox, provider: Provider, service: Service, settings: Any
) -> None:
    client = as_(cast.sara)
    back = path_of(service.allow(begin(client, info, provider)))
    settings.PRIVATE_ADDRESSES = False
    page = client.get(back)
    assert messages(page) == ["Not connected: Aurora ID cannot be asked for a permission: not https"]
    assert service.asked == []


def test_a_new_mailbox_is_saved_and_connected_in_one_go(as_: Any, cast: Any, provider: Provider) -> None:
    given = {
        "name": "Vendite", "address": "vendite@aurora.example", "imap_port": 993, "imap_security": "tls",
        "folder": "INBOX", "afterwards": "leave", "since": "2026-01-01", "smtp_port": 587,
        "smtp_security": "starttls", "unknown": "park", "provider": provider.pk,
    }  # fmt: skip
    page = as_(cast.sara).post("/setup/mailboxes/new/", given)
    box = Mailbox.objects.get()
    assert (page.status_code, "On to Aurora ID" in page.content.decode(), box.name) == (200, True, "Vendite")


def test_a_known_provider_fills_in_where_it_is(
    connect: Any, as_: Any, cast: Any, info: Mailbox, service: Service
) -> None:
    google = Provider.objects.create(kind="google", name="Google", client_id="x")
    info.smtp_user = "somebody"
    granting.connect(info, google, Tokens("a", "r"), by=cast.sara)
    info.refresh_from_db()
    where = (info.imap_host, info.imap_port, info.imap_security, info.smtp_host, info.smtp_port, info.smtp_security)
    assert where == ("imap.gmail.com", 993, "tls", "smtp.gmail.com", 587, "starttls")
    assert (info.copies_sent, info.smtp_user) == (False, "")
    page = as_(cast.sara).get(f"/setup/mailboxes/{info.pk}/").content.decode()
    left = [one for one in ("imap_host", "smtp_host", "imap_password", "folder") if f'name="{one}"' in page]
    assert (left, "imap.gmail.com" in page) == (["folder"], True)
    # What the form does not ask for any more stays as it is.
    given = {
        "name": "Informazioni", "address": info.address, "folder": "INBOX", "afterwards": "leave",
        "since": "2026-01-01", "unknown": "park",
    }  # fmt: skip
    form = MailboxForm(given, instance=info)
    assert form.errors == {}
    form.save()
    info.refresh_from_db()
    assert (info.name, info.imap_host, info.smtp_port) == ("Informazioni", "imap.gmail.com", 587)


def test_disconnected_it_wants_a_password_again(
    connect: Any, reached: Mailbox, provider: Provider, as_: Any, cast: Any
) -> None:
    connect(reached, provider)
    client = as_(cast.sara)
    assert client.post(f"/mailboxes/{reached.pk}/disconnect/").url == f"/setup/mailboxes/{reached.pk}/"
    assert [(one.is_paused, one.standing) for one in Mailbox.objects.all()] == [(True, "new")]
    assert (Grant.objects.count(), Entry.objects.filter(kind="mailbox.disconnected").count()) == (0, 1)
    assert 'name="imap_password"' in client.get(f"/setup/mailboxes/{reached.pk}/").content.decode()
    connect(reached, provider)
    assert not Mailbox.objects.get().is_paused
