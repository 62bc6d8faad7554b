"""Up to three entries on top of a timeline."""

from __future__ import annotations

from typing import Any

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.leads.models import Lead
from fedele.records.page.pins import Pin
from fedele.records.page.timeline import timeline_of

HTMX = {"HX-Request": "true"}


def notes(company: Company, user: Any, count: int) -> list[Entry]:
    with act_as(user, door="screen"):
        return [company.note(f"Note {number}") for number in range(count)]


def on_top(company: Company, user: Any) -> list[str]:
    return [one.text for one in timeline_of(Company.objects.get(pk=company.pk), user).pinned]


def test_what_is_pinned_stays_on_top_and_is_told_once(as_: Any, company: Company, giulia: Any) -> None:
    first, *others = notes(company, giulia, 30)
    browser, url = as_("giulia"), f"/companies/{company.pk}/timeline/"
    answer = browser.post(f"{url}{first.pk}/pin/", headers=HTMX)
    assert answer.status_code == 200 and answer.content.decode().count(f'id="entry-{first.pk}"') == 1
    browser.post(f"{url}{others[-1].pk}/pin/", headers=HTMX)
    assert on_top(company, giulia) == ["Note 29", "Note 0"]
    html = browser.get(url, headers=HTMX).content.decode()
    assert html.count(f'id="entry-{others[-1].pk}"') == 1
    browser.post(f"{url}{first.pk}/pin/", headers=HTMX)
    assert on_top(company, giulia) == ["Note 29"]


def test_a_fourth_is_refused_in_words(as_: Any, company: Company, giulia: Any) -> None:
    entries, browser = notes(company, giulia, 4), as_("giulia")
    codes = [
        browser.post(f"/companies/{company.pk}/timeline/{one.pk}/pin/", headers=HTMX).status_code for one in entries
    ]
    assert codes == [200, 200, 200, 422]
    assert Pin.objects.count() == 3
    plain = browser.post(f"/companies/{company.pk}/timeline/{entries[3].pk}/pin/", follow=True)
    assert "Three entries are pinned already" in plain.content.decode()


def test_only_who_may_edit_pins_and_only_what_is_told_there(
    as_: Any, company: Company, lead: Lead, giulia: Any, cast: dict[str, Any]
) -> None:
    entry = notes(company, giulia, 1)[0]
    with act_as(cast["davide"]):
        secret = Lead(last_name="Secret", company_name="Quiet", owner=cast["davide"], company=company)
        secret.save()
        hidden = secret.note("Not for the north.")
    url = f"/companies/{company.pk}/timeline/"
    assert as_("eva").post(f"{url}{entry.pk}/pin/").status_code == 404
    assert as_("marco").post(f"{url}{entry.pk}/pin/").status_code == 403
    assert as_("giulia").post(f"{url}{hidden.pk}/pin/").status_code == 404
    own = Entry.objects.filter(record_type="lead", record_id=lead.pk).latest("id")
    assert as_("giulia").post(f"{url}{own.pk}/pin/").status_code == 404
    assert Pin.objects.count() == 0
    Pin.objects.create(record_type="company", record_id=company.pk, entry=hidden, by=cast["davide"])
    assert on_top(company, giulia) == []
    assert on_top(company, cast["davide"]) == ["Not for the north."]
