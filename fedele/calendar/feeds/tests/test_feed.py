from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from fedele.access.models import Role
from fedele.calendar.feeds.models import Feed
from fedele.journal.acting import act_as
from fedele.people.models import Company

SOON = timezone.localdate() + dt.timedelta(days=3)


@pytest.fixture
def address(giulia: Any) -> str:
    return f"/calendar/feed/{Feed.make(giulia, with_names=True)[1]}.ics"


def events(answer: Any) -> list[Any]:
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_what_giulia_has_planned_and_nothing_of_others(giulia: Any, luca: Any, plan: Any, address: str) -> None:
    company = Company(name="Officine; Rossi, S.r.l.")
    company.save()
    one = plan(giulia, due_on=SOON, due_at="09:30", minutes=45, company=company, remind="30")
    plan(giulia, subject="Tutto il giorno", due_on=SOON)
    plan(luca, due_on=SOON)
    plan(giulia)
    answer = Client().get(address)
    first, second = sorted(events(answer), key=lambda event: event["summary"])
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (first["summary"], first.decoded("dtstart").isoformat()[:16], first["sequence"]) == (
        "Richiamare per la pressa", f"{SOON}T09:30", one.version - 1,
    )  # fmt: skip
    assert str(first["description"]) == "Officine; Rossi, S.r.l."
    assert first.walk("VALARM")[0]["trigger"].dt == dt.timedelta(minutes=-30)
    assert (second["summary"], second.decoded("dtstart")) == ("Tutto il giorno", SOON)
    assert "Set-Cookie" not in answer.headers


def test_without_names_there_are_none(giulia: Any, plan: Any) -> None:
    secret = Feed.make(giulia, with_names=False)[1]
    company = Company(name="Segretissima S.p.A.")
    company.save()
    plan(
        giulia,
        subject="Offerta Segretissima",
        due_on=SOON,
        company=company,
        place="Via Segretissima",
        notes="Segretissima",
    )
    answer = Client().get(f"/calendar/feed/{secret}.ics")
    assert [str(event["summary"]) for event in events(answer)] == ["Telefonata"]
    assert b"Segretissima" not in answer.content


def test_a_customer_one_may_no_longer_see_is_not_named(giulia: Any, luca: Any, plan: Any, address: str) -> None:
    company = Company(name="Segretissima S.p.A.", owner=luca)
    company.save()
    plan(giulia, due_on=SOON, company=company)
    role = Role.objects.get(key="sales_rep")
    role.rights = {**role.rights, "company": {**role.rights["company"], "view": "own"}}
    role.save()
    answer = Client().get(address)
    assert (len(events(answer)), b"Segretissima" in answer.content) == (1, False)


def test_no_property_slips_in_by_a_line_end(giulia: Any, plan: Any, address: str) -> None:
    plan(giulia, subject="Riunione\r\nATTENDEE:mailto:x@y.z", place="a\nURL:http://x", due_on=SOON)
    lines = Client().get(address).content.decode().split("\r\n")
    assert [line for line in lines if line.startswith(("ATTENDEE", "URL:http://x"))] == []


def test_not_sent_again_when_nothing_changed(giulia: Any, plan: Any, address: str) -> None:
    one = plan(giulia, due_on=SOON)
    tag = Client().get(address).headers["ETag"]
    assert Client().get(address, headers={"If-None-Match": tag}).status_code == 304
    head = Client().head(address)
    assert (head.status_code, head.headers["ETag"], head.content) == (200, tag, b"")
    with act_as(giulia):
        one.call_off()
    changed = Client().get(address, headers={"If-None-Match": tag})
    assert [(str(event["status"]), event["sequence"]) for event in events(changed)] == [("CANCELLED", 1)]


def test_revoked_made_anew_or_of_somebody_who_left_it_is_dead(giulia: Any, address: str, client: Any) -> None:
    assert Client().get(address).status_code == 200
    client.force_login(giulia)
    page = client.post("/profile/calendar/", {"with_names": "on"})
    fresh = page.content.decode().split("/calendar/feed/")[1].split(".ics")[0]
    assert (len(fresh) >= 43, Client().get(address).status_code) == (True, 404)
    assert fresh not in client.get("/profile/calendar/").content.decode()
    assert Feed.objects.filter(digest__contains=fresh).count() == 0
    assert Client().get(f"/calendar/feed/{fresh}.ics").status_code == 200
    giulia.is_active = False
    giulia.save()
    assert Client().get(f"/calendar/feed/{fresh}.ics").status_code == 404
    giulia.is_active = True
    giulia.save()
    client.force_login(giulia)
    client.post("/profile/calendar/revoke/")
    gone = Client().get(f"/calendar/feed/{fresh}.ics")
    assert (gone.status_code, gone.headers["X-Robots-Tag"]) == (404, "noindex, nofollow")
    assert Client().post(address).status_code == 405


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        ("2027-03-28", "02:30", "2027-03-28T01:30:00+00:00"), ("2027-10-31", "02:30", "2027-10-31T00:30:00+00:00"),
        ("2027-07-01", "09:00", "2027-07-01T07:00:00+00:00"), ("2027-01-11", "09:00", "2027-01-11T08:00:00+00:00"),
    ],
)  # fmt: skip
def test_daylight_saving(day: str, at: str, expected: str, giulia: Any, plan: Any) -> None:
    from fedele.calendar.ics.writing import event_of

    one = plan(giulia, due_on=dt.date.fromisoformat(day), due_at=at, minutes=60)
    event = Event.from_ical(event_of(one, title="x"))
    assert event.decoded("dtstart").astimezone(dt.UTC).isoformat() == expected
    begins, ends = event.decoded("dtstart").astimezone(dt.UTC), event.get("dtend")
    length = ends.dt.astimezone(dt.UTC) - begins if ends else event.decoded("duration")
    assert length == dt.timedelta(hours=1)
