"""Tokens end, are changed, are taken back: mail goes on, or the mailbox says what is wrong, and nothing is lost or doubled."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as django_settings

from fedele.inbox.fetching.connecting import NotReached, connected
from fedele.inbox.fetching.jobs import read_one
from fedele.inbox.fetching.tests.conftest import letter
from fedele.inbox.fetching.tests.server import Server
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message
from fedele.inbox.providers.models import Grant, Provider
from fedele.inbox.providers.renewing import access_token
from fedele.inbox.providers.tests.conftest import ended, registered
from fedele.inbox.providers.tests.service import Service
from fedele.inbox.providers.tokens import NotSignedIn, Tokens
from fedele.notices.models import Notice
from fedele.tasks.tests.conftest import house, shared_database

__all__ = ["house", "shared_database"]


def subjects() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("subject", flat=True))


def grants_asked(service: Service) -> list[str]:
    return [one["grant_type"] for one in service.asked]


def test_mail_is_read_with_a_token_and_with_the_next(
    connect: Any, reached: Mailbox, provider: Provider, service: Service, imap: Server
) -> None:
    connect(reached, provider)
    imap.deliver(letter(1))
    assert read_one.call(reached.pk) == "1 read"
    ended(reached)
    imap.deliver(letter(2))
    assert read_one.call(reached.pk) == "1 read"
    assert (subjects(), grants_asked(service)) == (
        ["Richiesta 1", "Richiesta 2"],
        ["authorization_code", "refresh_token"],
    )
    # The provider changed the refresh token, and the changed one is what is asked with next.
    ended(reached)
    assert read_one.call(reached.pk) == "0 read"
    assert (len(service.refresh), service.asked[2]["refresh_token"]) == (1, service.asked[2]["refresh_token"])
    assert service.asked[1]["refresh_token"] != service.asked[2]["refresh_token"]


def test_a_provider_that_changes_nothing_is_asked_with_the_same_again(
    connect: Any, reached: Mailbox, provider: Provider, service: Service
) -> None:
    service.rotates, service.lasts = False, None
    connect(reached, provider)
    for _time in range(2):
        ended(reached)
        assert read_one.call(reached.pk) == "0 read"
    assert service.asked[1]["refresh_token"] == service.asked[2]["refresh_token"]


def test_a_token_taken_back_before_its_time_is_replaced(
    connect: Any, reached: Mailbox, provider: Provider, service: Service, imap: Server
) -> None:
    connect(reached, provider)
    service.access.clear()
    imap.deliver(letter(1))
    assert read_one.call(reached.pk) == "1 read"
    assert grants_asked(service) == ["authorization_code", "refresh_token"]


def test_a_permission_taken_back_is_said_once_and_connecting_again_mends_it(
    connect: Any, reached: Mailbox, provider: Provider, service: Service, imap: Server, as_: Any, cast: Any
) -> None:
    connect(reached, provider)
    service.access.clear()
    service.refresh.clear()
    imap.deliver(letter(1))
    assert [read_one.call(reached.pk) for _time in range(3)] == ["refused", "refused", "refused"]
    # A permission that is over is not asked about again each minute.
    assert grants_asked(service) == ["authorization_code", "refresh_token"]
    assert [one.user for one in Notice.objects.filter(kind="mailbox.failing")] == [cast.sara]
    page = as_(cast.sara).get(f"/setup/mailboxes/{reached.pk}/").content.decode()
    assert "Aurora ID no longer lets Fedele in. Connect the mailbox again." in page and "Connect again" in page
    connect(reached, provider)
    assert (reached.trouble, read_one.call(reached.pk), subjects()) == ("", "1 read", ["Richiesta 1"])


def test_an_owner_is_led_to_their_own_page(provider: Provider, reached: Mailbox, cast: Any) -> None:
    Mailbox.objects.filter(pk=reached.pk).update(owner=cast.giulia)
    Grant.objects.create(mailbox=reached, provider=provider, is_over=True)
    assert read_one.call(reached.pk) == "refused"
    assert [(one.user, one.url) for one in Notice.objects.all()] == [(cast.giulia, "/profile/mailbox/")]


def test_a_secret_that_ended_loses_no_permission(
    connect: Any, reached: Mailbox, provider: Provider, service: Service
) -> None:
    connect(reached, provider)
    provider.secret = "falso"
    provider.save()
    ended(reached)
    assert (read_one.call(reached.pk), Grant.objects.get().is_over) == ("failing", False)
    provider.secret = "segreto-del-client"
    provider.save()
    assert read_one.call(reached.pk) == "0 read"


def test_a_provider_that_is_away_says_nothing_about_the_permission(
    connect: Any, reached: Mailbox, provider: Provider, service: Service
) -> None:
    connect(reached, provider)
    ended(reached)
    service.answers = [(503, b""), (429, b"")]
    assert [read_one.call(reached.pk) for _time in range(3)] == ["unreachable", "unreachable", "0 read"]


def test_a_key_that_is_gone_asks_for_the_sign_in_again(
    connect: Any, reached: Mailbox, provider: Provider, settings: Any
) -> None:
    connect(reached, provider)
    settings.SECRET_KEY = "another"
    with pytest.raises(NotSignedIn) as error:
        access_token(Grant.objects.get())
    assert (error.value.is_over, Grant.objects.get().is_over) == (True, True)


def test_over_a_line_that_is_not_encrypted_no_token_leaves(
    connect: Any, reached: Mailbox, provider: Provider, settings: Any
) -> None:
    connect(reached, provider)
    settings.PRIVATE_ADDRESSES = False
    with pytest.raises(NotReached) as error, connected(reached):
        pass
    assert str(error.value) == "A mailbox that is connected this way is read over encrypted lines only."


#: Each says when it is ready, and asks when all are.
ASKING = (
    "import django; django.setup(); from fedele.inbox.providers.models import Grant;"
    "from fedele.inbox.providers.renewing import access_token; print('ready', flush=True); input();"
    "print(access_token(Grant.objects.get()))"
)


def test_of_four_processes_one_renews_and_the_others_take_that(
    house: None, shared_database: Any, service: Service
) -> None:
    """With a provider that takes each refresh token once, a second renewal would end the permission."""
    box = Mailbox.objects.create(name="Info", address="info@aurora.example")
    grant = Grant(mailbox=box, provider=registered(service))
    service.refresh.add("refresh-1")
    for name, value in grant.values_of(Tokens("access-1", "refresh-1", 60)).items():
        setattr(grant, name, value)
    grant.save()
    service.slow = 1.5
    environment = {
        **os.environ, "FEDELE_DATABASE_URL": shared_database["url"], "FEDELE_DATA_DIR": str(django_settings.DATA_DIR),
        "FEDELE_PRIVATE_ADDRESSES": "1", "FEDELE_SECRET_KEY": django_settings.SECRET_KEY,
    }  # fmt: skip
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen([sys.executable, "-c", ASKING], env=environment, **pipes) for _process in range(4)]
    assert [one.stdout.readline() for one in started] == ["ready\n"] * 4
    for one in started:
        one.stdin.write("\n")
        one.stdin.flush()
    told = {one.communicate(timeout=60)[0].strip() for one in started}
    assert (told, grants_asked(service)) == (service.access, ["refresh_token"])
