"""Forms: what is typed, kept, refused and saved, and two people at the same record."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.records.fields import forget_custom_fields
from fedele.records.models import CustomField
from fedele.sales.opportunities.models import Opportunity

MOST_STATEMENTS = 14
HTMX = {"HX-Request": "true"}


def fields_of(answer: Any) -> dict[str, str]:
    """What the form of an answer would send if nobody typed anything."""
    from html.parser import HTMLParser

    found: dict[str, str] = {}

    class Reader(HTMLParser):
        select = area = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            name = given.get("name") or ""
            if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
                found[name] = given.get("value") or ""
            if tag == "select":
                self.select = name
                found[name] = ""
            if tag == "option" and "selected" in given:
                found[self.select] = given.get("value") or ""
            if tag == "textarea":
                self.area = name

        def handle_data(self, data: str) -> None:
            if self.area:
                found[self.area] = data.lstrip("\n")

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.area = ""

    html = answer.content.decode()
    Reader().feed(html.split("<main")[-1].split("</main>")[0])
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_a_company_typed_in_is_mine_numbered_and_told(as_: Any, giulia: Any) -> None:
    answer = as_("giulia").post(
        "/companies/new/",
        {
            **fields_of(as_("giulia").get("/companies/new/")),
            "name": "Nuova S.r.l.",
            "city": "Bergamo",
            "phone": "030 331 2450",
        },
    )
    company = Company.objects.get(name="Nuova S.r.l.")
    assert (answer.status_code, answer["Location"]) == (302, f"/companies/{company.pk}/")
    assert (company.owner, company.team, company.phone) == (giulia, giulia.team, "+390303312450")
    assert company.number and company.version == 1
    assert Entry.objects.get(record_type="company").actor == giulia


def test_saving_stays_within_the_budget(as_: Any, company: Company, cast: dict[str, Any]) -> None:
    browser = as_("giulia")
    data = {
        **fields_of(browser.get(f"/companies/{company.pk}/edit/")),
        "city": "Trento",
        "name": "Rinaldi & figli",
        "notes": "Changed",
    }
    with CaptureQueriesContext(connection) as seen:
        assert browser.post(f"/companies/{company.pk}/edit/", data).status_code == 302
    made = [one["sql"] for one in seen.captured_queries]
    statements = [one for one in made if not one.startswith(("SAVEPOINT", "RELEASE"))]  # Of the test's own transaction.
    assert len(statements) <= MOST_STATEMENTS, "\n".join(statement[:160] for statement in statements)


def test_a_new_owner_brings_the_team_along(as_: Any, company: Company, cast: dict[str, Any]) -> None:
    browser, url = as_("giulia"), f"/companies/{company.pk}/edit/"
    browser.post(url, {**fields_of(browser.get(url)), "owner": str(cast["davide"].pk)})
    company.refresh_from_db()
    assert (company.owner, company.team.name) == (cast["davide"], "Vendite Sud")


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(as_: Any, cast: dict[str, Any]) -> None:
    answer = as_("giulia").post(
        "/companies/new/",
        {"name": "", "vat_number": "12345678901", "city": "Bergamo", "share_of_wallet": "a lot"},
        headers=HTMX,
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<html" not in html  # htmx swaps the form alone
    assert 'href="#id_name"' in html and 'href="#id_vat_number"' in html and 'href="#id_share_of_wallet"' in html
    assert 'value="Bergamo"' in html and 'value="12345678901"' in html and 'value="a lot"' in html
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "x" * 400), ("name", "nul\x00byte"), ("notes", "y" * 30_000), ("share_of_wallet", "9" * 20),
        ("share_of_wallet", "-1"),
        ("share_of_wallet", "2.5"), ("parent", "999999"), ("parent", "9" * 40), ("parent", "abc"), ("owner", "-1"),
        ("kind", "emperor"), ("email", "nobody"),
        ("kind", ""), ("size", "gigantic"), ("share_of_wallet", "NaN"), ("team", "1e3"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words_and_never_breaks(name: str, value: str, as_: Any, cast: dict[str, Any]) -> None:
    answer = as_("giulia").post("/companies/new/", {"name": "Good name", "kind": "prospect", name: value})
    assert answer.status_code == 422, answer.content.decode()[:500]
    assert f'href="#id_{name}"' in answer.content.decode()
    assert not Company.objects.exists()


def test_only_what_the_form_asks_can_be_set(as_: Any, opportunity: Opportunity) -> None:
    browser = as_("giulia")
    url = f"/opportunities/{opportunity.pk}/edit/"
    browser.post(
        url,
        {
            **fields_of(browser.get(url)),
            "number": "HACK-1",
            "outcome": "won",
            "id": "77",
            "created_at": "2001-01-01",
            "custom": "{}",
            "trashed_at": "2001-01-01",
            "name": "Renamed",
        },
    )
    opportunity.refresh_from_db()
    assert (opportunity.name, opportunity.outcome, opportunity.trashed_at) == ("Renamed", "open", None)
    assert opportunity.number != "HACK-1"


def test_a_hidden_field_is_neither_asked_nor_set(as_: Any, cast: dict[str, Any], opportunity: Opportunity) -> None:
    with act_as(cast["sara"]):
        opportunity.put({"amount": 31_337_313})
        opportunity.save()
    role = cast["giulia"].roles.get()
    role.hidden = {"opportunity": ["amount"]}
    role.save()
    browser, url = as_("giulia"), f"/opportunities/{opportunity.pk}/edit/"
    page = browser.get(url)
    assert 'name="amount"' not in page.content.decode()
    assert "31337313" not in page.content.decode()
    browser.post(url, {**fields_of(page), "amount": "1", "name": "Renamed"})
    opportunity.refresh_from_db()
    assert (opportunity.name, opportunity.amount) == ("Renamed", Decimal(31_337_313))


def test_without_the_right_there_is_no_form(as_: Any, company: Company) -> None:
    assert as_("marco").get("/companies/new/").status_code == 403
    assert as_("marco").post("/companies/new/", {"name": "X"}).status_code == 403
    assert as_("marco").post(f"/companies/{company.pk}/edit/", {"version": "1", "name": "X"}).status_code == 403
    assert as_("eva").post(f"/companies/{company.pk}/edit/", {"version": "1", "name": "X"}).status_code == 404


def test_amounts_and_days_are_read_as_they_are_written_in_italy(
    as_: Any, cast: dict[str, Any], opportunity: Opportunity
) -> None:
    cast["giulia"].language = "it"
    cast["giulia"].save()
    browser, url = as_("giulia"), f"/opportunities/{opportunity.pk}/edit/"
    browser.post(url, {**fields_of(browser.get(url)), "amount": "1.234,50", "closes_on": "2026-12-15"})
    opportunity.refresh_from_db()
    assert (opportunity.amount, opportunity.closes_on.isoformat()) == (Decimal("1234.50"), "2026-12-15")
    browser.post(url, {**fields_of(browser.get(url)), "amount": "12.500", "closes_on": "24/12/2026"})
    opportunity.refresh_from_db()
    assert (opportunity.amount, opportunity.closes_on.isoformat()) == (Decimal("12500.00"), "2026-12-24")


def test_fields_of_the_companys_own(as_: Any, company: Company) -> None:
    for key, kind, choices in (
        ("machines", "number", []),
        ("brand", "choice", ["A", "B"]),
        ("tags", "multi", ["x", "y", "z"]),
        ("met", "date", []),
        ("vip", "yesno", []),
    ):
        CustomField.objects.create(record_type="company", key=key, label=key.title(), kind=kind, choices=choices)
    forget_custom_fields()
    browser, url = as_("giulia"), f"/companies/{company.pk}/edit/"
    data = {
        **fields_of(browser.get(url)),
        "custom.machines": "12",
        "custom.brand": "B",
        "custom.tags": ["x", "z"],
        "custom.met": "2026-01-31",
        "custom.vip": "on",
        "box": ["custom.vip", "custom.tags", "key_account"],
    }
    assert browser.post(url, data).status_code == 302
    company.refresh_from_db()
    assert company.custom == {"machines": 12, "brand": "B", "tags": ["x", "z"], "met": "2026-01-31", "vip": True}
    assert (
        browser.post(url, {**data, "version": "2", "custom.machines": "Infinity", "custom.brand": "C"}).status_code
        == 422
    )
    assert "Machines" in browser.get(f"/companies/{company.pk}/").content.decode()


def test_two_people_save_and_nobodys_work_is_lost(as_: Any, company: Company, cast: dict[str, Any]) -> None:
    giulia, luca, url = as_("giulia"), as_("luca"), f"/companies/{company.pk}/edit/"
    hers, his = fields_of(giulia.get(url)), fields_of(luca.get(url))
    assert giulia.post(url, {**hers, "city": "Bergamo", "sector": "Plastics"}).status_code == 302
    answer = luca.post(url, {**his, "city": "Trento", "phone": "030 331 2450"}, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Giulia Bassi" in html and "Bergamo" in html and "Trento" in html
    company.refresh_from_db()
    assert (company.city, company.phone) == ("Bergamo", "")

    chosen = fields_of(answer)
    # What Luca touched stands as his; what only Giulia changed stays hers without being asked for.
    assert (chosen["take-city"], chosen["take-phone"], chosen["take-sector"]) == ("mine", "mine", "theirs")
    assert luca.post(url, {**chosen, "take-city": "theirs"}).status_code == 302
    company.refresh_from_db()
    assert (company.city, company.phone, company.sector) == ("Bergamo", "+390303312450", "Plastics")


def test_a_third_save_while_choosing_asks_again(as_: Any, company: Company, giulia: Any) -> None:
    luca, url = as_("luca"), f"/companies/{company.pk}/edit/"
    his = fields_of(luca.get(url))
    for city in ("Bergamo", "Como"):
        with act_as(giulia):
            fresh = Company.objects.get(pk=company.pk)
            fresh.city = city
            fresh.save()
        answer = luca.post(url, {**his, "city": "Trento"}, headers=HTMX)
        assert answer.status_code == 409 and city in answer.content.decode()
        his = fields_of(answer)
    assert luca.post(url, his).status_code == 302
    assert Company.objects.get(pk=company.pk).city == "Trento"


def test_saving_the_same_as_somebody_else_is_no_conflict(as_: Any, company: Company, giulia: Any) -> None:
    luca, url = as_("luca"), f"/companies/{company.pk}/edit/"
    his = fields_of(luca.get(url))
    with act_as(giulia):
        company.city = "Trento"
        company.save()
    assert luca.post(url, {**his, "city": "Trento"}).status_code == 302


def test_a_customer_named_for_the_first_time_is_made_with_the_deal_and_undone_with_it(as_: Any, giulia: Any) -> None:
    browser = as_("giulia")
    answer = browser.post(
        "/opportunities/quick/", {"name": "First deal", "company": "new:Unheard S.p.A.", "amount": "5000"}, headers=HTMX
    )
    opportunity = Opportunity.objects.get()
    assert answer["HX-Redirect"] == f"/opportunities/{opportunity.pk}/"
    assert (opportunity.company.name, opportunity.company.owner) == ("Unheard S.p.A.", giulia)
    batch = Entry.objects.get(record_type="opportunity").batch_id
    assert browser.post(f"/undo/batch/{batch}/").status_code == 302
    opportunity.refresh_from_db()
    assert opportunity.is_trashed and Company.objects.get().is_trashed


def test_nothing_is_made_of_a_first_named_customer_when_the_deal_is_refused(as_: Any, cast: dict[str, Any]) -> None:
    assert as_("giulia").post("/opportunities/new/", {"name": "", "company": "new:Unheard"}).status_code == 422
    assert not Company.objects.exists()
    assert as_("marco").post("/contacts/new/", {"last_name": "X", "company": "new:Unheard"}).status_code == 403


def test_more_fields_takes_along_what_was_typed(as_: Any, company: Company) -> None:
    browser = as_("giulia")
    answer = browser.post(
        "/contacts/quick/",
        {"first_name": "Ada", "last_name": "Neri", "company": str(company.pk), "more": "1"},
        headers=HTMX,
    )
    form = fields_of(browser.get(answer["HX-Redirect"]))
    assert (form["first_name"], form["last_name"], form["company"]) == ("Ada", "Neri", str(company.pk))
    assert not Contact.objects.exists()


def test_the_picker_offers_what_one_may_see(as_: Any, company: Company, contact: Contact, lead: Any) -> None:
    browser = as_("giulia")
    assert f'data-value="{company.pk}"' in browser.get("/pick/company/").content.decode()
    found = browser.get("/pick/company/?q=rinald&new=1").content.decode()
    assert f'data-value="{company.pk}"' in found and 'data-value="new:rinald"' in found
    assert as_("davide").get("/pick/lead/?q=tosi").content.decode().strip() == ""
    assert as_("eva").get("/pick/company/").status_code == 404
    assert browser.get("/pick/nothing/").status_code == 404


# --- one field at a time -----------------------------------------------------------------------------------------------


def test_a_field_is_edited_where_it_stands(as_: Any, company: Company) -> None:
    browser, url = as_("giulia"), f"/companies/{company.pk}/cell/city/"
    data = fields_of(browser.get(url))
    assert (data["city"], data["was"], data["version"]) == ("Brescia", '"Brescia"', "1")
    answer = browser.post(url, {**data, "city": "Lodi"}, headers=HTMX)
    assert (answer.status_code, answer.content.decode(), answer["X-Version"]) == (200, "Lodi", "2")
    undo = json.loads(answer["HX-Trigger"])["toast"]["undo"]
    assert browser.post(undo).status_code == 302
    assert Company.objects.get().city == "Brescia"


def test_a_refused_field_stays_and_says_why(as_: Any, company: Company) -> None:
    browser = as_("giulia")
    answer = browser.post(f"/companies/{company.pk}/cell/email/", {"email": "nobody", "version": "1"}, headers=HTMX)
    assert (answer.status_code, "nobody" in answer.content.decode()) == (422, True)
    assert browser.post(f"/companies/{company.pk}/cell/name/", {"name": "", "version": "1"}).status_code == 422
    assert browser.post(f"/companies/{company.pk}/cell/number/", {"number": "X", "version": "1"}).status_code == 404
    assert as_("marco").post(f"/companies/{company.pk}/cell/city/", {"city": "X", "version": "1"}).status_code == 403


def test_somebody_elses_change_of_the_same_field_is_shown_first(as_: Any, company: Company, giulia: Any) -> None:
    browser, url = as_("luca"), f"/companies/{company.pk}/cell/city/"
    data = fields_of(browser.get(url))
    with act_as(giulia):
        company.put({"city": "Como", "sector": "Plastics"})
        company.save()
    answer = browser.post(url, {**data, "city": "Lodi"}, headers=HTMX)
    assert answer.status_code == 409 and "Como" in answer.content.decode() and "Lodi" in answer.content.decode()
    again = browser.post(
        url, fields_of(answer), headers={**HTMX, "HX-Current-URL": f"http://testserver/companies/{company.pk}/"}
    )
    assert again["HX-Redirect"].endswith(f"/companies/{company.pk}/")
    assert Company.objects.get().city == "Lodi"


def test_a_change_of_another_field_is_no_reason_to_refuse(as_: Any, company: Company, giulia: Any) -> None:
    browser, url = as_("luca"), f"/companies/{company.pk}/cell/city/"
    data = fields_of(browser.get(url))
    with act_as(giulia):
        company.put({"sector": "Plastics"})
        company.save()
    assert browser.post(url, {**data, "city": "Lodi"}, headers=HTMX).status_code == 200
    company.refresh_from_db()
    assert (company.city, company.sector) == ("Lodi", "Plastics")


def test_cells_of_every_kind_come_back_as_the_list_shows_them(
    as_: Any, opportunity: Opportunity, company: Company, cast: dict[str, Any]
) -> None:
    browser, url = as_("giulia"), f"/opportunities/{opportunity.pk}/cell"
    stage = opportunity.stage.process.stages.order_by("position")[2]
    assert browser.get(f"{url}/stage/").content.decode().count("<option") == 5
    for name, value, shown in (
        ("amount", "12500", "12,500"), ("closes_on", "2026-12-24", "24/12/2026"), ("probability", "40", "40%"),
        ("stage", str(stage.pk), stage.name), ("company", str(company.pk), "Officine Rinaldi"),
        ("owner", str(cast["luca"].pk), "Luca Moretti"),
    ):  # fmt: skip
        answer = browser.post(f"{url}/{name}/", {name: value}, headers=HTMX)
        assert answer.status_code == 200 and shown in answer.content.decode(), (name, answer.content)


def test_giving_a_record_away_for_good_is_told(as_: Any, lead: Any, cast: dict[str, Any]) -> None:
    answer = as_("giulia").post(f"/leads/{lead.pk}/cell/owner/", {"owner": str(cast["davide"].pk)}, headers=HTMX)
    assert answer.status_code == 403
    lead.refresh_from_db()
    assert lead.owner == cast["davide"]
