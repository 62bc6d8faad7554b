"""Registering Fedele at a provider, under Setup."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.providers.models import Grant, Provider
from fedele.journal.models import Entry

PAGES = "/setup/mailboxes/providers/"
OTHER = {
    "name": "Aurora ID", "client_id": "fedele", "scope": "mail offline_access", "secret": "Segreto!",
    "authorize_url": "https://id.aurora.example/authorize", "token_url": "https://id.aurora.example/token",
}  # fmt: skip


@pytest.fixture
def sara(as_: Any, cast: Any) -> Client:
    return as_(cast.sara)


def test_microsoft_needs_no_addresses(sara: Client, settings: Any) -> None:
    page = sara.get(f"{PAGES}microsoft/").content.decode()
    assert f'value="{settings.SITE_URL}/mailboxes/connected/"' in page
    assert [f'name="{one}"' in page for one in ("client_id", "tenant", "secret", "token_url")] == [
        True,
        True,
        True,
        False,
    ]
    given = {"name": "Microsoft", "client_id": "11-22", "tenant": "aurora.example", "secret": "Segreto!"}
    assert sara.post(f"{PAGES}microsoft/", given).url == PAGES
    one = Provider.objects.get()
    assert (one.gives_tokens_at, one.secret) == (
        "https://login.microsoftonline.com/aurora.example/oauth2/v2.0/token", "Segreto!",
    )  # fmt: skip
    assert [entry.data for entry in Entry.objects.filter(kind="mailprovider.edited")] == [{}]
    # What is stored is not shown again, and an empty field keeps it.
    assert "Segreto" not in sara.get(f"{PAGES}{one.pk}/").content.decode()
    sara.post(f"{PAGES}{one.pk}/", {**given, "secret": "", "name": "M365"})
    assert [(one.name, one.secret) for one in Provider.objects.all()] == [("M365", "Segreto!")]


def test_without_secret_or_with_another_address_than_https_it_is_said(sara: Client) -> None:
    assert sara.post(f"{PAGES}google/", {"name": "Google", "client_id": "x"}).status_code == 422
    for wrong in ("http://id.aurora.example/token", "javascript:alert(1)", "id.aurora.example", "https://a@b.example/"):
        page = sara.post(f"{PAGES}other/", {**OTHER, "token_url": wrong})
        assert (page.status_code, "Give a complete address that begins with https://." in page.content.decode()) == (
            422,
            True,
        )
    assert (
        sara.post(f"{PAGES}microsoft/", {"name": "M", "client_id": "x", "secret": "s", "tenant": "a/b"}).status_code
        == 422
    )
    assert (Provider.objects.count(), sara.get(f"{PAGES}yahoo/").status_code) == (0, 404)


def test_a_stored_secret_does_not_follow_to_another_address(sara: Client) -> None:
    sara.post(f"{PAGES}other/", OTHER)
    one = Provider.objects.get()
    for name in ("token_url", "revoke_url"):
        elsewhere = {**OTHER, name: "https://elsewhere.example/token"}
        assert sara.post(f"{PAGES}{one.pk}/", {**elsewhere, "secret": ""}).status_code == 422
        assert sara.post(f"{PAGES}{one.pk}/", elsewhere).status_code == 302


def test_with_mailboxes_on_it_only_name_and_secret_change_and_it_stays(sara: Client) -> None:
    sara.post(f"{PAGES}other/", OTHER)
    one, box = Provider.objects.get(), Mailbox.objects.create(name="Info", address="info@aurora.example")
    Grant.objects.create(mailbox=box, provider=one)
    elsewhere = {"token_url": "https://elsewhere.example/token", "revoke_url": "https://elsewhere.example/revoke"}
    sara.post(f"{PAGES}{one.pk}/", {**OTHER, "name": "Aurora", **elsewhere})
    one.refresh_from_db()
    assert (one.name, one.token_url, one.revoke_url) == ("Aurora", OTHER["token_url"], "")
    assert (sara.post(f"{PAGES}{one.pk}/delete/").status_code, Provider.objects.count()) == (422, 1)
    Grant.objects.all().delete()
    assert (sara.post(f"{PAGES}{one.pk}/delete/").url, Provider.objects.count()) == (PAGES, 0)


def test_who_does_not_administer_registers_nothing(as_: Any, cast: Any) -> None:
    client = as_(cast.giulia)
    assert [client.get(f"{PAGES}{one}").status_code for one in ("", "google/", "1/", "1/delete/")] == [403] * 4


def test_the_list_asks_the_same_however_many_there_are(sara: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        Provider.objects.create(name=f"P{number}", client_id="x")
    with django_assert_max_num_queries(12):
        assert sara.get(PAGES).status_code == 200
