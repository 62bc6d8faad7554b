"""Promises: kept, broken, late, and whoever made them told in time; what is still to be asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.notices.models import Notice
from fedele.people.companies.models import Company
from fedele.people.profiles.models import Agreement, Observation
from fedele.people.profiles.notices import tell_agreements_due
from fedele.people.profiles.reading import profile_of
from fedele.people.profiles.showing import warn_of_promises


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def agree(company: Company, owner: Any, subject: str, due: dt.date | None, **more: Any) -> Agreement:
    made = Agreement(company=company, subject=subject, due_on=due, owner=owner, **more)
    with act_as(owner, door="screen"):
        made.save()
    return Agreement.objects.get(pk=made.pk)


def test_kept_broken_and_open_again(company: Company, giulia: Any, today: dt.date) -> None:
    one = agree(company, giulia, "Discount", today)
    one.fail("Forgotten")
    assert (one.state, one.settled_on, one.outcome) == ("broken", today, "Forgotten")
    with pytest.raises(Refused):
        one.keep()
    one.reopen()
    one.keep()
    assert (one.state, one.settled_on, one.outcome) == ("kept", today, "")


def test_a_promise_gone_by_is_a_warning_and_stands_first(company: Company, giulia: Any, today: dt.date) -> None:
    agree(company, giulia, "No day", None)
    agree(company, giulia, "Next month", today + dt.timedelta(days=30))
    agree(company, giulia, "Yesterday", today - dt.timedelta(days=1))
    agree(company, giulia, "They pay", today - dt.timedelta(days=9), side="them")
    agree(company, giulia, "Kept", today - dt.timedelta(days=9)).keep()
    assert warn_of_promises(company, giulia) == [
        ("bad", "a promise of ours is late"),
        ("warn", "a promise of theirs is late"),
    ]
    profile = profile_of(company, giulia)
    assert profile is not None
    assert [one.text for one in profile.agreements] == ["They pay", "Yesterday", "Next month", "No day"]
    assert (profile.kept, profile.broken) == (1, 0)


def test_whoever_promised_is_told_before_and_after(company: Company, giulia: Any, today: dt.date) -> None:
    for days in (4, 3, -1, -8):
        agree(company, giulia, f"in {days}", today + dt.timedelta(days=days))
    agree(company, giulia, "kept", today + dt.timedelta(days=3)).keep()
    # The job may run twice in a morning.
    for _run in range(2):
        tell_agreements_due.func()
    told = Notice.objects.filter(user=giulia).order_by("id").values_list("kind", "title")
    assert list(told) == [("agreement.due", "in 3"), ("agreement.late", "in -1")]


def test_mornings_without_a_worker_are_made_up_for_once(company: Company, giulia: Any, today: dt.date) -> None:
    for days in (2, 0, -3):
        agree(company, giulia, f"in {days}", today + dt.timedelta(days=days))
    for _run in range(2):
        tell_agreements_due.func()
    told = Notice.objects.filter(user=giulia).order_by("id").values_list("kind", "title")
    assert list(told) == [("agreement.due", "in 0"), ("agreement.due", "in 2"), ("agreement.late", "in -3")]


def test_what_is_still_to_be_asked(company: Company, as_: Any, today: dt.date) -> None:
    giulia = as_("giulia")

    def asking() -> str:
        return giulia.get(f"/companies/{company.pk}/?panels=1").content.decode().partition("Still to ask:")[2][:80]

    assert ("need, potential a year, preferred channel") in " ".join(asking().split())
    Observation(company=company, kind="need", text="x").save()
    Observation(company=company, kind="potential", text="9", valid_until=today - dt.timedelta(days=1)).save()
    assert "need" not in asking()
    assert "potential a year" in asking()
    assert giulia.get("/setup/profile/").status_code == 403
    assert "preferred channel" in as_("sara").get("/setup/profile/").content.decode().lower()
    assert as_("sara").post("/setup/profile/", {"kinds": ["quality"]}).status_code == 302
    assert asking().split("</p>")[0].strip() == "quality perceived"


def test_costs_one_statement_however_much_was_said(company: Company, as_: Any, giulia: Any) -> None:
    browser, url = as_("giulia"), f"/companies/{company.pk}/"
    browser.get(url)
    for n in range(30):
        Observation(company=company, kind="need", text=f"n{n}", owner=giulia).save()
        agree(company, giulia, f"a{n}", None)
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    # The timeline names what it tells of in a statement of its own.
    assert len([one for one in captured if '"first_"' in one["sql"]]) == 1
