"""The timeline narrowed: by type, department, words, month; small things folded; bodies opened in place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.journal.models import Entry, Link
from fedele.people.companies.models import Company
from fedele.records.page import types
from fedele.records.page.chips import chips_of
from fedele.records.page.folding import Fold
from fedele.records.page.lens import Lens
from fedele.records.page.timeline import timeline_of
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity

HTMX = {"HX-Request": "true"}


def kinds(record: Any, user: Any, **narrowed: Any) -> list[str]:
    told = [one for day in timeline_of(record, user, Lens(**narrowed)).days for one in day.told]
    return [Entry.objects.get(pk=one.id).kind for one in told]


@pytest.fixture
def spoken(company: Company, opportunity: Opportunity, giulia: Any) -> Company:
    with act_as(giulia, door="screen"):
        for kind in ("call", "meeting"):
            activity = Activity(kind=kind, subject=kind, owner=giulia, company=company)
            activity.save()
            activity.complete(outcome="reached")
        company.note("They asked for the press.")
    return company


def test_by_type_and_by_department(spoken: Company, giulia: Any) -> None:
    assert kinds(spoken, giulia, show="call") == ["activity.done"]
    assert kinds(spoken, giulia, show="visit") == ["activity.done"]
    assert kinds(spoken, giulia, show="note") == ["company.noted"]
    assert kinds(spoken, giulia, department="sales") == ["opportunity.created"]
    assert Lens.read({"show": "call", "dep": "sales"}) == Lens(department="sales")
    assert Lens.read({"show": "call", "dep": "calendar"}) == Lens(show="call", department="calendar")
    assert sorted(set(kinds(spoken, giulia, department="calendar"))) == ["activity.created", "activity.done"]


def test_an_address_with_nonsense_shows_everything(as_: Any, spoken: Company) -> None:
    browser, url = as_("giulia"), f"/companies/{spoken.pk}/timeline/"
    whole = browser.get(url, headers=HTMX).content.decode()
    for asked in ("show=x&dep=y", "at=2026-13", "at=junk", "at=0000-01", "group=1", "dep=auth", "q=%00"):
        answer = browser.get(f"{url}?{asked}", headers=HTMX)
        assert answer.status_code == 200
        assert answer.content.decode().count('id="entry-') == whole.count('id="entry-'), asked


def test_what_narrows_is_in_the_address_of_the_page(as_: Any, spoken: Company) -> None:
    browser, url = as_("giulia"), f"/companies/{spoken.pk}/"
    answer = browser.get(f"{url}timeline/?show=call&dep=&q=&at=", headers=HTMX)
    assert answer["HX-Replace-Url"] == f"{url}?show=call"
    page = browser.get(f"{url}?show=call").content.decode()
    assert page.count('id="entry-') == 1


def test_a_month_is_where_the_story_begins(company: Company, giulia: Any) -> None:
    with act_as(giulia):
        old, new = company.note("Old"), company.note("New")
    at = dt.datetime(2024, 3, 31, 23, 30, tzinfo=timezone.get_current_timezone())
    Entry.objects.filter(pk=old.pk).update(at=at)
    assert kinds(company, giulia, month="2024-03") == ["company.noted"]
    assert kinds(company, giulia, month="2024-02") == []
    assert new.pk in [one.id for day in timeline_of(company, giulia).days for one in day.told]


def test_small_things_in_a_row_are_one_line_that_opens(company: Company, giulia: Any) -> None:
    with act_as(giulia, door="screen"):
        company.note("Before")
        for city in ("Como", "Lodi"):
            company.put({"city": city, "phone": f"+39030{len(city)}11111"})
            company.save()
        company.note("After")
    with translation.override("en"):
        lines = timeline_of(company, giulia).days[0].lines
        folds = [one for one in lines if isinstance(one, Fold)]
        assert [(fold.sentence, len(fold.told)) for fold in folds] == [("Giulia Bassi changed 3 fields", 2)]
    assert [line.text for line in lines if not isinstance(line, Fold)][:2] == ["After", "Before"]
    assert kinds(company, giulia, show="important").count("company.changed") == 0
    assert kinds(company, giulia, show="changes") == ["company.changed", "company.changed"]


def test_the_chips_are_those_that_can_occur_and_tell_nothing(
    spoken: Company, cast: dict[str, Any], opportunity: Opportunity
) -> None:
    def keys(record: Any, user: Any, **narrowed: Any) -> list[str]:
        return [one.key for one in chips_of(registry.by_key(record.record_type), record, user, Lens(**narrowed)).types]

    assert {"note", "call", "visit", "activity", "opportunity", "dispute"} <= set(keys(spoken, cast["giulia"]))
    assert "dispute" not in keys(opportunity, cast["giulia"])
    assert keys(spoken, cast["giulia"], department="sales") == ["opportunity"]
    role = cast["giulia"].roles.get()
    role.rights = {**role.rights, "dispute": {"view": "none"}}
    role.save()
    again = type(cast["giulia"]).objects.get(pk=cast["giulia"].pk)
    assert "dispute" not in keys(spoken, again)


def test_an_entry_opens_in_place(spoken: Company, giulia: Any, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Entry.objects.get(kind="company.noted")
    monkeypatch.setitem(types._openings, "company.noted", lambda entry, user: f"/body/{entry.pk}/")
    html = as_("giulia").get(f"/companies/{spoken.pk}/timeline/", headers=HTMX).content.decode()
    assert html.count(f'hx-get="/body/{entry.pk}/"') == 1


def test_costs_the_same_with_ten_and_a_thousand_entries(
    company: Company, opportunity: Opportunity, as_: Any, giulia: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def grow(count: int) -> None:
        many = [
            Entry(
                kind="opportunity.moved", record_type="opportunity", record_id=opportunity.pk, title="x", actor=giulia
            )
            for _number in range(count)
        ]
        Entry.objects.bulk_create(many)
        Link.objects.bulk_create(
            [Link(entry=one, record_type="company", record_id=company.pk, at=one.at) for one in many]
        )

    browser, url = as_("giulia"), f"/companies/{company.pk}/"
    found: list[list[int]] = []
    for count in (10, 1000):
        grow(count)
        browser.get(url)
        counts = []
        for address in ("", "timeline/", "timeline/?show=opportunity", "timeline/?q=press", "timeline/?show=important"):
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(url + address, headers=HTMX if address else {}).status_code == 200
            counts.append(len(seen))
        found.append(counts)
    assert found[0] == found[1]


def test_an_entry_has_an_address_of_its_own(company: Company, as_: Any, giulia: Any) -> None:
    """What a colleague is sent begins with the entry, however much came after; the rest is one press away."""
    with act_as(giulia, door="screen"):
        for n in range(25):
            company.note(f"Note {n}")
    browser, url = as_("giulia"), f"/companies/{company.pk}/"
    entry = Entry.objects.get(data__text="Note 1")
    assert "Note 1<" not in browser.get(url).content.decode()
    (told,) = (one for day in timeline_of(company, giulia, size=50).days for one in day.told if one.id == entry.pk)
    page = browser.get(url, {"from": told.place}).content.decode()
    assert [n for n in range(25) if f">Note {n}<" in page] == [0, 1]
    assert f'href="{url}"' in page.partition("The story up to one entry.")[2][:200]
    assert "Link to this entry" in page
    for nonsense in ("x", "2026-01-01_1", "2026-01-01T00:00:00+00:00_", "2026-01-01T00:00:00+00:00_" + "9" * 30):
        assert "The story up to one entry." not in browser.get(url, {"from": nonsense}).content.decode()
