"""When people work: set for the company and by each for themselves; holidays and days of closing count for everybody."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from fedele.base.house import forget_house
from fedele.calendar.distribution.free import Slot, taken_by
from fedele.calendar.distribution.loads import loads_of
from fedele.calendar.hours.closed import public_holidays
from fedele.calendar.hours.models import Closing, WorkingHours
from fedele.calendar.hours.times import times_of
from fedele.calendar.hours.week import USUAL_WEEK
from fedele.journal.models import Entry

MONDAY = dt.date(2026, 11, 30)
PARTS = ("begins", "pause", "resumes", "ends")
EARLY = ("7", "12.00", "13", "16:30")


def typed(*days: tuple[str, ...], **more: str) -> dict[str, str]:
    found = {f"day{n}_{part}": at for n, day in enumerate(days) for part, at in zip(PARTS, day, strict=True)}
    return {**found, **more}


def test_the_company_sets_its_week_and_who_works_otherwise_their_own(
    sara: Any, giulia: Any, luca: Any, client: Any
) -> None:
    client.force_login(sara)
    answer = client.post(
        "/setup/hours/", typed(*[("8:30", "12:30", "13:30", "17:30")] * 4, ("8", "", "", "13"), with_holidays="on")
    )
    assert answer.status_code == 302
    client.force_login(giulia)
    assert 'value="08:30"' in client.get("/profile/hours/").content.decode()
    assert client.post("/profile/hours/", typed(EARLY, EARLY)).status_code == 302
    times = times_of([giulia.pk, luca.pk], MONDAY, MONDAY + dt.timedelta(days=6))
    assert times.spans(giulia.pk, MONDAY) == ((420, 720), (780, 990))
    assert times.spans(luca.pk, MONDAY) == ((510, 750), (810, 1050))
    assert times.spans(luca.pk, MONDAY + dt.timedelta(days=4)) == ((480, 780),)
    # Two days of eight and a half hours; four of eight and one of five, but Tuesday the 8th of December is of the week after.
    assert [times.week_minutes(one.pk, MONDAY) for one in (giulia, luca)] == [2 * 510, 4 * 480 + 300]
    client.post("/profile/hours/drop/")
    assert WorkingHours.objects.filter(user=giulia).count() == 0
    client.force_login(sara)
    audit = client.get("/setup/audit/?what=setup").content.decode()
    assert [words in audit for words in ("Orario di lavoro", "Lunedì", "day0")] == [True, True, False]
    kinds = ["hours.edited", "user.set_hours", "user.dropped_hours"]
    assert [Entry.objects.filter(kind=kind).count() for kind in kinds] == [1, 1, 1]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (("9", "", "", ""), "Un giorno ha un inizio e una fine, oppure nessuno dei due."),
        (("9", "12", "", "18"), "Una pausa ha un inizio e una fine."), (("", "12", "13", ""), "La pausa vale per un giorno lavorativo."),
        (("9", "13", "12", "18"), "Questi orari non si susseguono."), (("18", "", "", "9"), "Questi orari non si susseguono."),
        (("9", "", "", "9"), "Questi orari non si susseguono."), (("25", "", "", "26"), "Scrivi l’ora così: 9:30."),
    ],
)  # fmt: skip
def test_what_is_no_week_says_so_and_keeps_what_was_typed(
    day: tuple[str, ...], words: str, giulia: Any, client: Any
) -> None:
    client.force_login(giulia)
    answer = client.post("/profile/hours/", typed(EARLY, day))
    page = answer.content.decode()
    assert (answer.status_code, words in page, 'value="12.00"' in page or 'value="12:00"' in page) == (422, True, True)
    assert WorkingHours.objects.count() == 0


def test_only_who_administers_sets_those_of_the_company(giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    for address in ("/setup/hours/", "/setup/hours/closed/", "/setup/hours/closed/1/remove/"):
        assert client.post(address, typed(EARLY)).status_code == 403
    assert WorkingHours.objects.count() == 0


def test_public_holidays_of_the_country_and_days_of_closing(sara: Any, db: None) -> None:
    names = public_holidays(dt.date(2026, 4, 1), dt.date(2026, 6, 30))
    assert [str(day) for day in names] == ["2026-04-05", "2026-04-06", "2026-04-25", "2026-05-01", "2026-06-02"]
    assert names[dt.date(2026, 6, 2)] == "Festa della Repubblica"
    with translation.override("en"):
        assert public_holidays(dt.date(2026, 6, 2), dt.date(2026, 6, 2)) == {dt.date(2026, 6, 2): "Republic Day"}
    client = Client()
    client.force_login(sara)
    said = {"name": "Santi Faustino e Giovita", "first_day": "2024-02-15", "last_day": "2024-02-15", "every_year": "on"}
    assert client.post("/setup/hours/closed/", said).status_code == 302
    wrong = client.post("/setup/hours/closed/", {**said, "last_day": "2024-02-14"})
    assert (wrong.status_code, Closing.objects.count()) == (422, 1)
    Closing.objects.create(
        name="Natale", first_day=dt.date(2024, 12, 24), last_day=dt.date(2025, 1, 6), every_year=True
    )
    Closing.objects.create(name="Trasloco", first_day=dt.date(2026, 2, 20), last_day=dt.date(2026, 2, 20))
    closed = times_of([], dt.date(2026, 1, 5), dt.date(2026, 2, 28)).closed
    assert {str(day): name for day, name in closed.items() if str(day) != "2026-01-06"} == {
        "2026-01-05": "Natale", "2026-02-15": "Santi Faustino e Giovita", "2026-02-20": "Trasloco",
    }  # fmt: skip
    client.post(f"/setup/hours/closed/{Closing.objects.get(name='Trasloco').pk}/remove/")
    assert dt.date(2026, 2, 20) not in times_of([], dt.date(2026, 1, 1), dt.date(2026, 12, 31)).closed
    WorkingHours.objects.create(with_holidays=False)
    assert dt.date(2026, 5, 1) not in times_of([], dt.date(2026, 5, 1), dt.date(2026, 5, 1)).closed


def test_of_another_country_its_own(settings: Any, db: None) -> None:
    from fedele.setup.models import Company

    Company(name="Aurora GmbH", country="DE").save()
    forget_house()
    assert dt.date(2026, 10, 3) in public_holidays(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    forget_house()


def test_free_hours_load_and_hints_go_by_them(giulia: Any, luca: Any, client: Any) -> None:
    WorkingHours.objects.create(user=giulia, days=[["07:00", "09:00"], [], [], [], [], [], []])
    Closing.objects.create(name="Inventario", first_day=MONDAY, last_day=MONDAY)
    taken = taken_by([giulia.pk], MONDAY, MONDAY + dt.timedelta(days=14))
    assert taken.first_free(giulia.pk, MONDAY, 60) == Slot(MONDAY + dt.timedelta(days=7), "07:00")
    load = loads_of([giulia], luca, MONDAY + dt.timedelta(days=7), 30)[0]
    assert load.worked == 120
    client.force_login(luca)
    for day, at, words in (
        ("2026-11-30", "", "L’azienda è chiusa quel giorno: Inventario."),
        ("2026-12-01", "9:00", f"Quel giorno {giulia} non lavora."),
        ("2026-12-07", "8:45", f"È fuori dall’orario di lavoro di {giulia}."),
    ):
        page = client.get("/calendar/load/", {"owner": giulia.pk, "due_on": day, "due_at": at, "minutes": "30"})
        assert words in page.content.decode()


def test_the_calendar_is_grey_when_nobody_works(giulia: Any, client: Any) -> None:
    client.force_login(giulia)
    Closing.objects.create(name="Inventario & ’riordino’", first_day=MONDAY, last_day=MONDAY)
    page = client.get("/calendar/?day=2026-11-30").content.decode()
    events = json.loads(page.split("data-grid='")[1].split("'")[0].replace("&amp;", "&").replace("&#39;", "'"))[
        "events"
    ]
    behind = {(one["start"], one["end"]) for one in events if one.get("display") == "background"}
    assert {one for one in behind if one[0] < "2026-12-02"} == {
        ("2026-11-30T00:00", "2026-12-01T00:00"), ("2026-12-01T00:00", "2026-12-01T09:00"),
        ("2026-12-01T13:00", "2026-12-01T14:00"), ("2026-12-01T18:00", "2026-12-02T00:00"),
    }  # fmt: skip
    assert [one["title"] for one in events if "closed" in one["classNames"]] == ["Inventario & ’riordino’"]
    assert USUAL_WEEK.minutes(0) == 480


def test_beside_each_other_each_has_their_own_grey(giulia: Any, luca: Any, client: Any) -> None:
    """By hours on a day in a column of each; in a week what suits nobody of them; in a month as days."""
    WorkingHours.objects.create(user=None, days=[*[["09:00", "13:00", "14:00", "18:00"]] * 5, [], []])
    WorkingHours.objects.create(user=luca, days=[*[["11:00", "16:00"]] * 4, [], [], []])
    client.force_login(giulia)

    def grey(view: str, day: str) -> list[tuple[str, str, str]]:
        address = f"/calendar/events/?view={view}&day={day}&people={giulia.pk},{luca.pk}"
        events = client.get(address).json()["events"]
        rest = [one for one in events if one.get("classNames") == ["rest"]]
        return [
            (one["start"][-5:], one["end"][-5:], one.get("resourceId", "")) for one in rest if one["start"][:10] == day
        ]

    g, l = str(giulia.pk), str(luca.pk)  # noqa: E741
    assert grey("day", "2026-12-01") == [
        ("00:00", "09:00", g), ("13:00", "14:00", g), ("18:00", "00:00", g), ("00:00", "11:00", l), ("16:00", "00:00", l),
    ]  # fmt: skip
    assert grey("week", "2026-12-01") == [("00:00", "09:00", ""), ("18:00", "00:00", "")]
    assert grey("week", "2026-12-04") == [("00:00", "09:00", ""), ("13:00", "14:00", ""), ("18:00", "00:00", "")]
    assert grey("people", "2026-12-04") == [("00:00", "00:00", l)]
    closed = client.get(f"/calendar/events/?view=day&day=2026-12-08&people={g},{l}").json()["events"]
    assert [one["resourceIds"] for one in closed if one["classNames"] == ["closed"]] == [[g, l]]
