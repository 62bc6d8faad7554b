"""The screens and the API of merging, and where old addresses lead."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fedele.access.keys import ApiKey
from fedele.journal.models import Batch
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.records.merging.joining import merge
from fedele.records.merging.leading import survivor_of
from fedele.records.merging.models import MergedRecord
from fedele.sales.opportunities.models import Opportunity


@pytest.fixture
def browser(dario: Any) -> Client:
    dario.language = "en"
    dario.save()
    client = Client()
    client.force_login(dario)
    return client


def posted(html: str) -> dict[str, str]:
    """What the form would send as it is drawn."""
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    chosen = dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked', html))
    return {**hidden, **chosen}


def page_of(client: Client, *records: Any) -> str:
    answer = client.get(f"/companies/merge/?ids={','.join(str(one.pk) for one in records)}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_side_by_side_and_merged_as_shown(family: SimpleNamespace, browser: Client) -> None:
    html = page_of(browser, family.first, family.second)
    assert "the only one filled in" in html
    assert re.search(r"Notes: 2", html)
    assert re.search(r"Opportunities: 2", html)
    assert "more fields say the same" in html

    data = posted(html)
    answer = browser.post("/companies/merge/", {**data, "survivor": family.first.pk, "take-name": family.second.pk})
    assert (answer.status_code, answer.url) == (302, f"/companies/{family.first.pk}/")
    assert Company.objects.get(pk=family.first.pk).name == "Rinaldi"
    shown = browser.get(answer.url).content.decode()
    batch = Batch.objects.get(kind="merge")
    assert f"/companies/merge/{batch.pk}/apart/" in shown
    assert f"/undo/batch/{batch.pk}/" in shown


def test_changed_meanwhile_is_409_with_the_choices_kept(family: SimpleNamespace, browser: Client) -> None:
    data = {**posted(page_of(browser, family.first, family.second)), "take-name": str(family.second.pk)}
    family.second.put({"city": "Milano"})
    family.second.save()

    answer = browser.post("/companies/merge/", data)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert not MergedRecord.objects.exists()
    again = posted(html)
    assert again["take-name"] == str(family.second.pk)
    assert "Milano" in html
    assert browser.post("/companies/merge/", again).status_code == 302


def test_two_at_the_same_pair(family: SimpleNamespace, browser: Client) -> None:
    """The second to decide is told, whichever way round they chose."""
    data = posted(page_of(browser, family.first, family.second))
    first = browser.post("/companies/merge/", {**data, "survivor": family.first.pk})
    second = browser.post("/companies/merge/", {**data, "survivor": family.second.pk})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "merged already" in second.content.decode()
    assert MergedRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("ids", "status"),
    [("{0}", 422), ("{0},{0}", 422), ("", 422), ("{0},{1},{2},{3},{4},{5}", 422), ("{0},987654321", 404),
     ("{0},abc", 404), ("{0},-1", 404), ("{0},99999999999999999999", 404), ("{0},{trash}", 404), ("{0},²", 404),
     ("{0};DROP TABLE", 404), ("{0},{1},", 200)],
)  # fmt: skip
def test_what_cannot_be_merged_is_said(ids: str, status: int, browser: Client) -> None:
    ones = [Company.objects.create(name=f"C{n}") for n in range(6)]
    trash = Company.objects.create(name="Gone")
    trash.trash()
    address = ids.format(*(one.pk for one in ones), trash=trash.pk)
    assert browser.get("/companies/merge/", {"ids": address}).status_code == status
    if status != 200:
        assert browser.post("/companies/merge/", {"ids": address, "go": "1"}).status_code == status
    assert not MergedRecord.objects.exists()


def test_hostile_choices_change_nothing_else(family: SimpleNamespace, browser: Client) -> None:
    other = Company.objects.create(name="Other", city="Roma")
    data = posted(page_of(browser, family.first, family.second))
    forged = {
        **data, "take-name": str(other.pk), "take-city": "both", "take-trashed_at": "1", "take-version": "x",
        "take-<script>": "1", "next": "https://evil.example/", "survivor": str(other.pk),
    }  # fmt: skip
    answer = browser.post("/companies/merge/", forged)
    assert answer.status_code == 302
    assert answer.url in (f"/companies/{family.first.pk}/", f"/companies/{family.second.pk}/")
    one = Company.objects.get(trashed_at=None, pk__in=[family.first.pk, family.second.pk])
    assert (one.name, one.city) == ("Rinaldi S.r.l.", "Brescia")
    without = {name: value for name, value in data.items() if not name.startswith("version-")}
    again = Company.objects.create(name="Again")
    assert browser.post("/companies/merge/", {**without, "ids": f"{one.pk},{again.pk}"}).status_code == 409


def test_identity_data_that_differ_ask_for_a_tick(browser: Client) -> None:
    one = Company.objects.create(name="Alfa", vat_number="01234567897")
    two = Company.objects.create(name="Alfa", vat_number="00743110157")
    html = page_of(browser, one, two)
    assert 'name="confirmed"' in html
    assert browser.post("/companies/merge/", posted(html)).status_code == 422
    assert browser.post("/companies/merge/", {**posted(html), "confirmed": "1"}).status_code == 302


def test_without_the_right_it_is_refused_or_does_not_exist(family: SimpleNamespace, cast: SimpleNamespace) -> None:
    ids = f"{family.first.pk},{family.second.pk}"
    for who, status in ((cast.marco, 403), (cast.chiara, 403), (cast.eva, 404)):
        client = Client()
        client.force_login(who)
        assert client.get(f"/companies/merge/?ids={ids}").status_code == status
        assert client.post("/companies/merge/", {"ids": ids, "go": "1"}).status_code == status
        assert client.get(f"/companies/{family.first.pk}/merge/").status_code == status
    client = Client()
    client.force_login(cast.giulia)  # may delete only her own
    html = client.get(f"/companies/merge/?ids={ids}").content.decode()
    assert client.post("/companies/merge/", {**posted(html), "survivor": str(family.first.pk)}).status_code == 403
    assert not MergedRecord.objects.exists()


def test_a_hidden_record_is_neither_shown_nor_counted(cast: SimpleNamespace, browser: Client) -> None:
    from fedele.people.leads.models import Lead

    mine = Lead.objects.create(last_name="Mine", owner=cast.giulia)
    hidden = Lead.objects.create(last_name="Secret", owner=cast.davide, team=cast.davide.team)
    client = Client()
    client.force_login(cast.giulia)
    answer = client.get(f"/leads/merge/?ids={mine.pk},{hidden.pk}")
    assert answer.status_code == 404
    assert "Secret" not in answer.content.decode()


def test_old_addresses_lead_on(family: SimpleNamespace, dario: Any, browser: Client) -> None:
    merge(dario, family.first, [family.second])
    old, new = f"/companies/{family.second.pk}/", f"/companies/{family.first.pk}/"

    answer = browser.get(old)
    assert (answer.status_code, answer.url) == (302, new)
    assert "was merged into this one" in browser.get(new).content.decode()
    assert browser.get(f"{old}edit/").url == f"{new}edit/"
    assert browser.get(f"{old}peek/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == new
    noted = browser.post(f"{old}note/", {"text": "From an open page"})
    assert (noted.status_code, noted.url) == (307, f"{new}note/")
    assert browser.post(f"{old}cell/city/", {"city": "Roma", "version": "1"}).status_code == 422
    assert browser.post(f"{old}do/trash/").url == new
    assert browser.post(f"{old}restore/").status_code == 404
    assert Company.objects.get(pk=family.first.pk).is_alive


def test_an_edit_of_the_record_that_went_is_laid_beside_what_remained(
    family: SimpleNamespace, dario: Any, browser: Client
) -> None:
    version = family.second.version
    merge(dario, family.first, [family.second])
    answer = browser.post(
        f"/companies/{family.second.pk}/edit/", {"version": version, "name": "Rinaldi", "city": "Typed in time"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Typed in time" in html
    assert f'action="/companies/{family.first.pk}/edit/"' in html


def test_a_relation_chosen_before_the_merge_is_taken_for_what_remained(
    family: SimpleNamespace, dario: Any, browser: Client
) -> None:
    merge(dario, family.first, [family.second])
    browser.post("/contacts/new/", {"last_name": "Open form", "company": family.second.pk})
    assert Contact.objects.get(last_name="Open form").company_id == family.first.pk
    html = browser.get("/pick/company/?q=Rinaldi").content.decode()
    assert f'"{family.second.pk}"' not in html
    assert f'"{family.first.pk}"' in html


def test_the_api(family: SimpleNamespace, dario: Any) -> None:
    client = Client(headers={"Authorization": f"Bearer {ApiKey.make(dario, 'x')[1]}"})

    def post(**body: Any) -> Any:
        return client.post("/api/v1/companies/merge", json.dumps(body), content_type="application/json")

    first, second = family.first.pk, family.second.pk
    assert post(survivor=first, others=[]).status_code == 422
    assert post(survivor=first, others=[first]).status_code == 422
    assert post(survivor=first, others=[987654321]).status_code == 404
    assert post(survivor=first, others=[second], fields={"nonsense": first}).status_code == 422
    assert post(survivor=first, others=[second], versions={str(second): 99}).status_code == 409
    assert post(survivor=first, others=[second], more=1).status_code == 422
    answer = post(survivor=first, others=[second], fields={"name": second})
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["record"]["id"], body["record"]["name"], body["merged"]) == (first, "Rinaldi", [second])

    read = client.get(f"/api/v1/companies/{second}")
    assert (read.status_code, read.headers["Location"]) == (301, f"/api/v1/companies/{first}")
    assert read.json()["merged_into"] == first
    patched = client.patch(
        f"/api/v1/companies/{second}", json.dumps({"version": 1, "name": "x"}), content_type="application/json"
    )
    assert (patched.status_code, patched.json()["merged_into"]) == (410, first)
    journal = client.get(f"/api/v1/companies/{first}/journal").json()["items"]
    assert [one["data"] for one in journal if one["kind"] == "company.merged"] == [{"others": "Rinaldi"}]
    assert [one["data"]["text"] for one in journal if one["kind"] == "company.noted"][-1] == "Note on Rinaldi S.r.l."
    assert post(survivor=first, others=[second]).status_code == 410
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/companies/merge" in paths
    assert "/api/v1/opportunities/merge" not in paths


def test_the_banner_and_the_dry_run(family: SimpleNamespace, dario: Any, browser: Client) -> None:
    batch = merge(dario, family.first, [family.second])
    url = f"/companies/merge/{batch.pk}/apart/"
    html = browser.get(url).content.decode()
    for text in ("Rinaldi", "People" if "People" in html else "Contacts", "Opportunities"):
        assert text in html
    assert survivor_of("company", family.second.pk) == family.first.pk
    assert browser.post(url).status_code == 302
    assert survivor_of("company", family.second.pk) is None
    assert browser.get(url).status_code == 409
    assert "apart/" not in browser.get(f"/companies/{family.first.pk}/").content.decode()


def test_from_the_list_and_from_the_menu(family: SimpleNamespace, browser: Client) -> None:
    assert 'formaction="/companies/merge/"' in browser.get("/companies/").content.decode()
    assert 'formaction="/opportunities/merge/"' not in browser.get("/opportunities/").content.decode()
    answer = browser.post("/companies/merge/", {"ids": f"{family.first.pk},{family.second.pk}", "all": "", "query": ""})
    assert answer.url == f"/companies/merge/?ids={family.first.pk},{family.second.pk}"
    assert f"/companies/{family.first.pk}/merge/" in browser.get(f"/companies/{family.first.pk}/").content.decode()
    dialog = browser.get(f"/companies/{family.first.pk}/merge/", headers={"HX-Request": "true"})
    assert "/pick/company/" in dialog.content.decode()
    chosen = browser.get(f"/companies/{family.first.pk}/merge/?other={family.second.pk}")
    assert chosen.url == f"/companies/merge/?ids={family.first.pk},{family.second.pk}"


def test_the_page_of_opportunities_has_no_door(family: SimpleNamespace, browser: Client) -> None:
    ids = ",".join(str(one.pk) for one in Opportunity.objects.all())
    assert browser.get(f"/opportunities/merge/?ids={ids}").status_code == 404


def test_comparing_costs_the_same_however_much_moves(family: SimpleNamespace, browser: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(browser, family.first, family.second)
        return len(captured)

    statements()  # people and teams are asked for once
    few = statements()
    Contact.objects.bulk_create(Contact(last_name=f"P{n}", company=family.second) for n in range(300))
    assert statements() == few
    assert few <= 45, few


def test_the_old_number_means_what_remained(family: SimpleNamespace, dario: Any, browser: Client) -> None:
    """In the palette and in a file brought in."""
    from fedele.records.exchange.matching import Matcher
    from fedele.records.registry import registry

    old = Company.objects.get(pk=family.second.pk).number
    merge(dario, family.first, [family.second])
    assert f"/companies/{family.first.pk}/" in browser.get("/palette/", {"q": f"#{old}"}).content.decode()
    for batch in (None, 1):
        matcher = Matcher(registry.by_key("company"), ["number"], dario, batch)
        found = matcher.under("number", [old, "AZ-99999"])
        assert {number: [one.pk for one in records] for number, records in found.items() if records} == {
            old: [family.first.pk]
        }


def test_erased_afterwards_the_old_address_is_gone(family: SimpleNamespace, dario: Any, browser: Client) -> None:
    merge(dario, family.first, [family.second])
    Opportunity.objects.all().delete()
    Company.objects.get(pk=family.first.pk).erase()
    assert browser.get(f"/companies/{family.second.pk}/").status_code == 404
    assert browser.get(f"/companies/{family.first.pk}/").status_code == 404


def test_in_the_trash_what_remained_is_no_address_for_the_others(
    family: SimpleNamespace, dario: Any, browser: Client
) -> None:
    merge(dario, family.first, [family.second])
    one = Company.objects.get(pk=family.first.pk)
    one.trash()
    assert browser.get(f"/companies/{family.second.pk}/").status_code == 404
    assert browser.get(f"/companies/{family.first.pk}/").status_code == 410
    Company.objects.get(pk=one.pk).restore()
    assert browser.get(f"/companies/{family.second.pk}/").status_code == 302


def test_merging_is_among_the_actions_of_the_palette(family: SimpleNamespace, browser: Client) -> None:
    here = f"/companies/{family.first.pk}/"
    html = browser.get("/palette/", {"q": ">Merge", "here": here}).content.decode()
    assert f"{here}merge/" in html
