"""The story of a record: whose entries, in which words, how much at a time."""

from __future__ import annotations

import json
from typing import Any

from django.utils import translation

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.page.lens import Lens
from fedele.records.page.timeline import timeline_of
from fedele.sales.opportunities.models import Opportunity

HTMX = {"HX-Request": "true"}


def told(record: Any, user: Any, **narrowed: Any) -> list[Any]:
    return [one for day in timeline_of(record, user, Lens(**narrowed)).days for one in day.told]


def test_changes_are_told_with_labels_choices_and_names(cast: dict[str, Any], company: Company) -> None:
    with act_as(cast["luca"]):
        company.put({"kind": "customer", "owner": cast["luca"], "key_account": True, "share_of_wallet": 40})
        company.save()
    with translation.override("en"):
        first = told(company, cast["giulia"])[0]
    assert first.actor == "Luca Moretti"
    assert sorted(first.changes) == [
        ("key account", "no", "yes"),
        ("kind", "prospect", "customer"),
        ("owner", "Giulia Bassi", "Luca Moretti"),
        ("share of wallet, %", "", "40%"),
    ]


def test_what_happens_to_others_is_told_where_it_belongs_to_who_may_see_it(
    cast: dict[str, Any], company: Company
) -> None:
    with act_as(cast["davide"]):
        secret = Lead(last_name="Secret", company_name="Quiet", owner=cast["davide"])
        secret.save()
        secret.company = company
        secret.save()
        secret.note("Nobody in the north should read this.")
        shared = Contact(first_name="Elena", last_name="Rinaldi", company=company)
        shared.save()
    north, south = told(company, cast["giulia"]), told(company, cast["davide"])
    assert [one.other for one in north if one.other] == ["Elena Rinaldi"]
    assert {one.other for one in south if one.other} == {"Elena Rinaldi", "Secret"}
    html = str([(one.sentence, one.text, one.other) for one in north])
    assert "north" not in html and "Secret" not in html


def test_a_name_in_a_change_that_one_may_not_see_is_not_told(cast: dict[str, Any], opportunity: Opportunity) -> None:
    role = cast["giulia"].roles.get()
    role.rights = {**role.rights, "company": {"view": "own"}}
    role.save()
    other = Company(name="Hidden from Giulia", owner=cast["davide"])
    other.save()
    with act_as(cast["giulia"]):
        opportunity.put({"company": other})
        opportunity.save()
    with translation.override("en"):
        change = told(opportunity, type(cast["giulia"]).objects.get(pk=cast["giulia"].pk))[0].changes
    assert change == [("company", "Officine Rinaldi", "not visible to you")]


def test_twenty_at_a_time_each_exactly_once(cast: dict[str, Any], company: Company, contact: Contact, as_: Any) -> None:
    with act_as(cast["giulia"]):
        for number in range(30):
            (company if number % 2 else contact).note(f"Note {number}")
    seen, before, pages = [], "", 0
    while True:
        page = timeline_of(company, cast["giulia"], Lens(before=before))
        ids = [one.id for day in page.days for one in day.told]
        assert len(ids) <= 20
        seen += ids
        pages += 1
        if not page.older:
            break
        before = page.older
    assert pages == 2
    assert seen == sorted(
        Entry.objects.filter(record_type__in=("company", "contact")).values_list("pk", flat=True), reverse=True
    )
    answer = as_("giulia").get(
        f"/companies/{company.pk}/timeline/", {"before": timeline_of(company, cast["giulia"]).older}, headers=HTMX
    )
    assert answer.content.decode().count("<li id=") == len(seen) - 20


def test_a_broken_place_in_the_timeline_is_its_beginning(as_: Any, company: Company) -> None:
    for before in ("x", "2026-13-45T00:00:00+00:00_1", "_", "2026-01-01T00:00:00_7", "9" * 400):
        assert (
            as_("giulia")
            .get(f"/companies/{company.pk}/timeline/", {"before": before, "show": "x"}, headers=HTMX)
            .status_code
            == 200
        )


def test_narrowed_to_notes_changes_others_or_words(cast: dict[str, Any], company: Company, contact: Contact) -> None:
    user = cast["giulia"]
    with act_as(user):
        company.note("They asked for the press.")
        company.note("Closed in August.")
        company.city = "Lodi"
        company.save()
    assert [one.text for one in told(company, user, show="note")] == ["Closed in August.", "They asked for the press."]
    assert [one.changes[0][2] for one in told(company, user, show="changes")] == ["Lodi"]
    with translation.override("en"):
        important = [one.sentence for one in told(company, user, show="important")]
    assert important == ["Wrote a note", "Wrote a note", "Created", "Created"]
    assert [one.text for one in told(company, user, text="press")] == ["They asked for the press."]


def test_a_note_is_told_at_once_and_can_be_taken_back(as_: Any, company: Company) -> None:
    browser = as_("giulia")
    answer = browser.post(f"/companies/{company.pk}/note/", {"text": "Line one\r\n<b>two</b>"}, headers=HTMX)
    assert (answer.status_code, "fedele:told" in json.loads(answer["HX-Trigger"])) == (204, True)
    html = browser.get(f"/companies/{company.pk}/timeline/", headers=HTMX).content.decode()
    assert "Giulia Bassi" in html and "Line one\n&lt;b&gt;two&lt;/b&gt;" in html
    entry = Entry.objects.get(kind="company.noted")
    assert browser.post(f"/undo/{entry.pk}/").status_code == 302
    page = browser.get(f"/companies/{company.pk}/").content.decode()
    assert "Line one" not in page and "undone" in page


def test_a_note_needs_words_and_a_record_one_may_see(as_: Any, company: Company, lead: Lead) -> None:
    assert as_("giulia").post(f"/companies/{company.pk}/note/", {"text": " \x00 "}, headers=HTMX).status_code == 422
    assert as_("giulia").post(f"/companies/{company.pk}/note/", {"text": "x" * 20_001}, headers=HTMX).status_code == 422
    assert (
        as_("marco").post(f"/companies/{company.pk}/note/", {"text": "Seen on site"}, headers=HTMX).status_code == 204
    )
    assert as_("davide").post(f"/leads/{lead.pk}/note/", {"text": "hello"}, headers=HTMX).status_code == 404
    assert Entry.objects.filter(kind__endswith=".noted").count() == 1


def test_the_history_of_a_field_says_who_and_what(as_: Any, company: Company, cast: dict[str, Any]) -> None:
    for name, city in (("luca", "Como"), ("giulia", "Lodi")):
        with act_as(cast[name]):
            company.city = city
            company.save()
    html = as_("giulia").get(f"/companies/{company.pk}/history/city/", headers=HTMX).content.decode()
    for expected in ("Luca Moretti", "Brescia", "Como", "Lodi"):
        assert expected in html
    assert html.index("Lodi") < html.index("Brescia")
    assert as_("giulia").get(f"/companies/{company.pk}/history/version/").status_code == 404


def test_the_cost_does_not_grow_with_the_story(
    cast: dict[str, Any], company: Company, django_assert_max_num_queries: Any
) -> None:
    for name in ("luca", "andrea", "davide", "giulia"):
        with act_as(cast[name]):
            company.put({"owner": cast[name]})
            company.save()
            Contact(last_name=name, company=company, owner=cast[name]).save()
            Opportunity(name=name, company=company, owner=cast[name]).save()
    cast["giulia"].rights  # noqa: B018 (asked for once a request, before)
    # What was merged into it, what is pinned, own entries, those of others, and all names.
    with django_assert_max_num_queries(6):
        told(company, cast["giulia"])
