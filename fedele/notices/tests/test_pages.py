"""The inbox, the bell and the preferences, as they answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fedele.access.models import User
from fedele.notices.models import Notice, Preference
from fedele.notices.telling import tell

INBOX = "/notices/"


@pytest.fixture
def signed_in(giulia: User, client: Client) -> Client:
    client.force_login(giulia)
    return client


def test_inbox_shows_own_unread_ones(signed_in: Client, giulia: User, luca: User) -> None:
    tell(giulia, "job.done", title="Mine & <ours>")
    tell(luca, "job.done", title="Someone else’s")
    text = signed_in.get(INBOX).content.decode()
    assert "Done: Mine &amp; &lt;ours&gt;" in text
    assert "Someone else" not in text


def test_opening_is_reading(signed_in: Client, giulia: User) -> None:
    notice = tell(giulia, "job.done", title="Job", url="/progress/1/")
    assert notice
    answer = signed_in.get(reverse("notices:open", args=[notice.pk]))
    assert (answer.status_code, answer["Location"]) == (302, "/progress/1/")
    assert Notice.objects.filter(read_at=None).count() == 0
    assert "Done: Job" not in signed_in.get(INBOX).content.decode()
    assert "Done: Job" in signed_in.get(INBOX, {"show": "all"}).content.decode()


def test_notices_of_others_do_not_exist(signed_in: Client, luca: User) -> None:
    notice = tell(luca, "job.done", title="Job")
    assert notice
    assert signed_in.get(reverse("notices:open", args=[notice.pk])).status_code == 404
    assert signed_in.post(reverse("notices:mark", args=[notice.pk])).status_code == 404
    assert Notice.objects.get().read_at is None


def test_mark_as_read_and_back(signed_in: Client, giulia: User) -> None:
    notice = tell(giulia, "job.done", title="Job")
    assert notice
    mark = reverse("notices:mark", args=[notice.pk])
    answer = signed_in.post(mark, headers={"HX-Request": "true"})
    assert f'id="notice-{notice.pk}"' in answer.content.decode()
    assert Notice.objects.get().read_at is not None
    signed_in.post(mark, {"unread": "1"}, headers={"HX-Request": "true"})
    assert Notice.objects.get().read_at is None


def test_all_read_leaves_newer_ones_and_is_taken_back_exactly(signed_in: Client, giulia: User) -> None:
    notices = [tell(giulia, "job.done", title=f"Job {number}") for number in range(4)]
    first, second, third, newer = [notice.pk for notice in notices if notice]
    signed_in.post(reverse("notices:mark", args=[first]))
    signed_in.post(reverse("notices:read_all"), {"newest": third})
    assert unread() == {newer}
    page = signed_in.get(INBOX)
    undo = next(message.extra_tags for message in page.wsgi_request._messages._loaded_data)
    signed_in.post(undo)
    assert unread() == {second, third, newer}


@pytest.mark.parametrize("undo", ["?at=", "?at=yesterday", "?at=2026-01-01", ""])
def test_broken_undo_is_not_found(signed_in: Client, undo: str) -> None:
    assert signed_in.post(reverse("notices:unread_again") + undo).status_code == 404


def test_older_ones_are_a_page_further(signed_in: Client, giulia: User) -> None:
    Notice.objects.bulk_create([Notice(user=giulia, kind="job.done", title=f"Job {number:03}") for number in range(60)])
    first = signed_in.get(INBOX).content.decode()
    assert (first.count('<li id="notice-'), "Job 009" in first) == (50, False)
    address = first.split('id="more"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = signed_in.get(address).content.decode()
    assert (second.count('<li id="notice-'), "Job 009" in second, "Job 010" in second) == (10, True, False)


def test_bell_counts(signed_in: Client, giulia: User) -> None:
    assert signed_in.get(reverse("notices:bell")).content.strip() == b""
    tell(giulia, "job.done", title="Job")
    assert ">1<" in signed_in.get(reverse("notices:bell")).content.decode()


def test_preferences_are_kept(signed_in: Client, giulia: User) -> None:
    page = reverse("notices:preferences")
    assert "You get this because the record is yours now." in signed_in.get(page).content.decode()
    answer = signed_in.post(
        page, {"email-record.assigned": "daily", "in_app-job.done": "1", "push-job.done": "1", "email-job.done": "now"}
    )
    assert answer.status_code == 302
    chosen = Preference.objects.get(user=giulia, kind="record.assigned")
    assert (chosen.in_app, chosen.email) == (False, "daily")
    # What was left as it is declared is not written down.
    assert not Preference.objects.filter(kind="job.done").exists()
    signed_in.post(page, {"email-record.assigned": "hourly"})
    assert Preference.objects.get(kind="record.assigned").email == "daily"


@pytest.mark.parametrize("address", [INBOX, "/notices/preferences/"])
def test_number_of_statements_does_not_grow(
    signed_in: Client, giulia: User, address: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        tell(giulia, "job.done", title=f"Job {number}")
    signed_in.get(address)
    with django_assert_max_num_queries(10):
        signed_in.get(address)


def unread() -> set[int]:
    return set(Notice.objects.filter(read_at=None).values_list("pk", flat=True))
