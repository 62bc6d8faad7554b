"""Quiet hours, putting off, muting: when one is told, that it comes back, and that it comes once."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fedele.access.models import User
from fedele.notices import telling, unread_count
from fedele.notices.digest import send_digests
from fedele.notices.holding import release
from fedele.notices.manners import Manner, Mute
from fedele.notices.models import Notice, NoticeMail, Preference
from fedele.notices.snoozing import moment_of, moments, mute, snooze
from fedele.notices.telling import tell
from fedele.notices.tests.conftest import Mailbox
from fedele.notices.tests.test_telling import company

T = dt.time


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """1 June 2026 is a Monday."""
    return dt.datetime(2026, 6, day, hour, minute, tzinfo=timezone.get_current_timezone())


@pytest.mark.parametrize(
    ("manner", "moment", "opens"),
    [
        (Manner(), at(1, 3), at(1, 3)),
        (Manner(quiet_from=T(20), quiet_until=T(7, 30)), at(1, 19, 59), at(1, 19, 59)),
        (Manner(quiet_from=T(20), quiet_until=T(7, 30)), at(1, 20), at(2, 7, 30)),
        (Manner(quiet_from=T(20), quiet_until=T(7, 30)), at(2, 7, 29), at(2, 7, 30)),
        (Manner(quiet_from=T(20), quiet_until=T(7, 30)), at(2, 7, 30), at(2, 7, 30)),
        (Manner(quiet_from=T(13), quiet_until=T(14)), at(1, 13, 30), at(1, 14)),
        (Manner(quiet_days="56"), at(6, 10), at(8, 0)),
        (Manner(quiet_from=T(20), quiet_until=T(7, 30), quiet_days="56"), at(5, 21), at(8, 7, 30)),
        (Manner(quiet_days="0123456"), at(1, 12), at(17, 0)),
    ],
)
def test_when_quiet_ends(manner: Manner, moment: dt.datetime, opens: dt.datetime) -> None:
    assert manner.opens_at(moment) == opens


def all_day_quiet_today(user: User) -> None:
    Manner.objects.create(user=user, quiet_days=str(timezone.localdate().weekday()))


def pass_time() -> None:
    """As if what is held had been held long enough."""
    Manner.objects.all().delete()
    Notice.objects.exclude(held_until=None).update(held_until=timezone.now() - timedelta(minutes=1))


def test_in_quiet_hours_the_inbox_fills_and_one_letter_comes_afterwards(giulia: User, mailbox: Mailbox) -> None:
    all_day_quiet_today(giulia)
    for number in range(3):
        tell(giulia, "job.done", title=f"Job {number}")
    assert (unread_count(giulia), mailbox.letters, release.call()) == (3, [], 0)
    Notice.objects.filter(title="Job 1").update(read_at=timezone.now())
    pass_time()
    assert (release.call(), release.call()) == (3, 0)
    mail = NoticeMail.objects.get()
    assert (len(mailbox.letters), mail.state, set(mail.notices.values_list("title", flat=True))) == (
        1, "sent", {"Job 0", "Job 2"},
    )  # fmt: skip


def test_quiet_hours_that_were_prolonged_hold_longer(giulia: User, mailbox: Mailbox) -> None:
    all_day_quiet_today(giulia)
    tell(giulia, "job.done", title="Job")
    Notice.objects.update(held_until=timezone.now() - timedelta(minutes=1))
    assert (release.call(), mailbox.letters) == (0, [])
    assert Notice.objects.get().held_until > timezone.now()


def test_what_is_urgent_does_not_wait(giulia: User) -> None:
    all_day_quiet_today(giulia)
    Mute.objects.create(user=giulia, record_type="company", record_id=1)
    notice = tell(giulia, "notice.trial", title="x")
    assert notice
    assert notice.held_until is None


def in_sight(user: User) -> list[str]:
    return [one.title for one in Notice.objects.inbox_of(user).shown().order_by("-shown_at")]


def test_put_off_it_is_gone_and_comes_back_by_itself_on_top(giulia: User, mailbox: Mailbox) -> None:
    first = tell(giulia, "job.done", title="First")
    tell(giulia, "job.done", title="Second")
    assert first
    Notice.objects.update(read_at=None)
    snooze(first, timezone.now() + timedelta(hours=2))
    assert (in_sight(giulia), unread_count(giulia)) == (["Second"], 1)
    Notice.objects.filter(pk=first.pk).update(shown_at=timezone.now())
    assert (in_sight(giulia), unread_count(giulia)) == (["First", "Second"], 2)
    pass_time()
    release.call()
    # It was mailed when it came: once is enough.
    assert len(mailbox.letters) == 2


def test_a_whole_record_is_put_off_with_what_is_yet_to_come(giulia: User, luca: User) -> None:
    record, other = company(luca), company(luca, "Other")
    first = tell(giulia, "record.assigned", record=record)
    tell(giulia, "record.assigned", record=record, title="Again")
    tell(giulia, "record.assigned", record=other)
    assert first
    until = timezone.now() + timedelta(days=1)
    assert snooze(first, until, whole=True) == 2
    later = tell(giulia, "record.assigned", record=record, title="Third")
    assert later
    assert (later.shown_at, later.held_until, unread_count(giulia)) == (until, until, 1)


def test_muted_is_not_told_until_it_is_taken_back(giulia: User, luca: User) -> None:
    record = company(luca)
    notice = tell(giulia, "record.assigned", record=record)
    assert notice
    mute(notice)
    assert unread_count(giulia) == 0
    assert tell(giulia, "record.assigned", record=record) is None
    assert tell(luca, "record.assigned", record=record) is not None
    Mute.objects.all().delete()
    assert tell(giulia, "record.assigned", record=record) is not None


def test_moments_lie_ahead_and_are_mornings() -> None:
    assert all(one.at > timezone.now() for one in moments())
    week = moment_of("week")
    assert week
    assert (timezone.localtime(week).weekday(), timezone.localtime(week).hour) == (0, 8)
    assert moment_of("day", "2020-01-01") is None
    assert moment_of("day", "soon") is None
    assert moment_of("evening-ish") is None


def test_once_is_once_though_the_job_runs_again_or_elsewhere(giulia: User, monkeypatch: Any) -> None:
    assert tell(giulia, "job.done", title="Due", once="due 1") is not None
    assert tell(giulia, "job.done", title="Due", once="due 1") is None
    # Another worker at the same moment: it looked before the first had stored.
    stored = telling._store
    monkeypatch.setattr(
        telling,
        "_store",
        lambda kind, notices: stored(kind, [*notices, *[Notice(user=giulia, kind="x", once="due 2")]]),
    )
    with pytest.raises(IntegrityError):
        tell(giulia, "job.done", title="Due", once="due 2")
    assert Notice.objects.count() == 1


def test_digest_comes_at_the_chosen_hour_and_makes_up_for_it(giulia: User, mailbox: Mailbox, monkeypatch: Any) -> None:
    Preference.objects.create(user=giulia, kind="job.done", email="daily")
    Manner.objects.create(user=giulia, digest_hour=17, quiet_days="56")
    tell(giulia, "job.done", title="Job")
    Notice.objects.update(shown_at=at(1, 10))
    runs = []
    for now in (at(1, 16, 59), at(6, 18), at(8, 9), at(8, 9)):
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        runs.append(send_digests.call())
    monkeypatch.undo()
    # Not before five, not on a Saturday, on Monday morning for the days without a worker, and never twice.
    assert runs == [0, 0, 1, 0]
    assert len(mailbox.letters) == 1


@pytest.fixture
def signed_in(giulia: User, client: Client) -> Client:
    client.force_login(giulia)
    return client


def test_put_off_through_the_screen_and_back(signed_in: Client, giulia: User) -> None:
    notice = tell(giulia, "job.done", title="Job")
    assert notice
    address = reverse("notices:snooze", args=[notice.pk])
    assert "Tomorrow morning" in signed_in.get(address).content.decode()
    wrong = signed_in.post(address, {"when": "day", "day": "2020-01-01"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, "Choose a day after today." in wrong.content.decode()) == (422, True)
    signed_in.post(address, {"when": "tomorrow"})
    assert "Done: Job" not in signed_in.get("/notices/").content.decode()
    assert "comes back tomorrow 08:00" in signed_in.get("/notices/?show=later").content.decode()
    signed_in.post(reverse("notices:wake", args=[notice.pk]))
    assert "Done: Job" in signed_in.get("/notices/").content.decode()


def test_why_changes_exactly_this_preference(signed_in: Client, giulia: User) -> None:
    page = reverse("notices:kind", args=["job.done"])
    assert "because you asked to be told when this job is done" in signed_in.get(page).content.decode()
    signed_in.post(page, {"email": "daily", "in_app": "1"})
    (chosen,) = Preference.objects.all()
    assert (chosen.kind, chosen.in_app, chosen.push, chosen.email) == ("job.done", True, False, "daily")
    assert signed_in.get(reverse("notices:kind", args=["no.such"])).status_code == 404


def test_quiet_hours_are_kept_and_half_ones_refused(signed_in: Client, giulia: User) -> None:
    page = reverse("notices:preferences")
    half = signed_in.post(page, {"digest_hour": "8", "quiet_from": "20:00"})
    assert (half.status_code, "Quiet hours need a beginning and an end." in half.content.decode()) == (422, True)
    assert 'value="20:00"' in half.content.decode()
    every = signed_in.post(page, {"digest_hour": "8", "quiet_days": list("0123456")})
    assert (every.status_code, Manner.objects.count()) == (422, 0)
    given = {"digest_hour": "8", "quiet_from": "20:00", "quiet_until": "07:30", "quiet_days": ["6", "5"]}
    assert signed_in.post(page, given).status_code == 302
    manner = Manner.objects.get(user=giulia)
    assert (manner.quiet_from, manner.quiet_until, manner.quiet_days, manner.digest_hour) == (T(20), T(7, 30), "56", 8)


def test_mute_and_back_through_the_screen(signed_in: Client, giulia: User, luca: User) -> None:
    notice = tell(giulia, "record.assigned", record=company(luca))
    assert notice
    signed_in.post(reverse("notices:mute", args=[notice.pk]))
    assert "Officine Rinaldi" in signed_in.get(reverse("notices:preferences")).content.decode()
    signed_in.post(reverse("notices:unmute", args=[Mute.objects.get().pk]))
    assert not Mute.objects.exists()


def test_the_foot_of_a_mail_stops_that_mail_without_signing_in(giulia: User, mailbox: Mailbox) -> None:
    from fedele.notices.tests.test_mailing import parsed

    tell(giulia, "job.done", title="Job")
    (letter,) = parsed(mailbox)
    address = letter["List-Unsubscribe"].strip("<>").partition("/notices/")[2]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stranger = Client(enforce_csrf_checks=True)
    assert "No more e-mail about: A long job of mine is done?" in stranger.get(f"/notices/{address}").content.decode()
    assert not Preference.objects.exists()
    assert stranger.post(f"/notices/{address}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    chosen = Preference.objects.get()
    assert (chosen.kind, chosen.email, chosen.in_app) == ("job.done", "none", True)
    assert stranger.post(f"/notices/{address[:-3]}x/").status_code == 404
