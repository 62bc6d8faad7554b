"""While something is typed, created by a program or converted: what it is perhaps the same as, and nothing one may not see."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fedele.access.keys import ApiKey
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.duplicates.queue.deciding import tell_apart
from fedele.people.duplicates.queue.models import Proposal
from fedele.people.duplicates.queue.tests.conftest import as_, cast, giulia, made, twins
from fedele.people.leads.models import Lead

__all__ = ["as_", "cast", "giulia", "made", "twins"]

TYPED = {"first_name": "Ilaria", "last_name": "Conti", "email": "ilaria@conti.example"}


@pytest.fixture
def known(made: Any) -> Contact:
    return made(Contact(first_name="Ilaria", last_name="Conti", email="ilaria@conti.example"))


def test_a_form_is_told_while_it_is_typed_and_saves_all_the_same(as_: Any, known: Contact) -> None:
    browser = as_("giulia")
    assert 'data-url="/leads/alike/"' in browser.get("/leads/new/").content.decode()
    html = browser.post("/leads/alike/", TYPED).content.decode()
    assert f"/contacts/{known.pk}/" in html and "same e-mail" in html and "1 possible duplicate:" in html
    assert browser.post("/leads/alike/", {"last_name": "Conti"}).content.decode().strip() == ""
    assert browser.post("/leads/new/", TYPED).status_code == 302
    assert Lead.objects.count() == 1


@pytest.mark.parametrize(
    "typed", [{}, {"email": "not an address"}, {"phone": "1" * 400}, {"last_name": "\x00" * 9}, {"of": "9" * 30}]
)
def test_what_is_half_typed_or_wrong_disturbs_nobody(typed: dict[str, str], as_: Any, known: Contact) -> None:
    assert as_("giulia").post("/contacts/alike/", typed).status_code == 200


def test_what_one_may_not_see_leaves_no_trace(as_: Any, made: Any, cast: Any) -> None:
    made(Lead(first_name="Ilaria", last_name="Conti", email="ilaria@conti.example"), by=cast["davide"])
    assert as_("giulia").post("/leads/alike/", TYPED).content.decode().strip() == ""
    assert "Ilaria" in as_("dario").post("/leads/alike/", TYPED).content.decode()
    assert as_("eva").post("/leads/alike/", TYPED).status_code == 404


def test_a_record_being_changed_is_not_like_itself_nor_what_it_was_told_apart_from(
    as_: Any, twins: Any, giulia: Any
) -> None:
    browser = as_("giulia")
    typed = {"of": str(twins[0].pk), "name": twins[0].name, "phone": twins[0].phone}
    html = browser.post("/companies/alike/", typed).content.decode()
    assert f"/companies/{twins[1].pk}/" in html and f"/companies/{twins[0].pk}/" not in html
    tell_apart([Proposal.objects.get().pk], giulia)
    assert browser.post("/companies/alike/", typed).content.decode().strip() == ""


def post(key: str, address: str, body: dict[str, str]) -> Any:
    from django.test import Client

    return Client().post(
        address,
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}", "Accept-Language": "en"},
    )


def test_a_program_is_told_and_may_refuse(cast: Any, known: Contact) -> None:
    key = ApiKey.make(cast["giulia"], "web form")[1]
    refused = post(key, "/api/v1/leads?refuse_duplicates=1", TYPED)
    assert (refused.status_code, Lead.objects.count()) == (409, 0)
    assert [one["id"] for one in refused.json()["possible_duplicates"]] == [known.pk]
    created = post(key, "/api/v1/leads", TYPED)
    assert created.status_code == 201
    told = created.json()["possible_duplicates"][0]
    assert (told["type"], told["id"], told["url"], told["certain"]) == (
        "contact",
        known.pk,
        f"/contacts/{known.pk}/",
        True,
    )
    assert "same e-mail" in told["reasons"]
    assert post(key, "/api/v1/companies", {"name": "Nuova Alfa"}).json()["possible_duplicates"] == []
    answer = post(key, "/api/v1/companies?refuse_duplicates=1", {"name": "Altra Beta"})
    assert (answer.status_code, Company.objects.count()) == (201, 2)


def test_a_conversion_proposes_who_is_known_with_the_reason(as_: Any, known: Contact, made: Any) -> None:
    lead = made(
        Lead(first_name="Ilaria", last_name="Contti", email="ilaria@conti.example", company_name="Conti Stampi")
    )
    html = as_("giulia").get(f"/leads/{lead.pk}/convert/").content.decode()
    assert f'name="contact" value="{known.pk}" checked' in html and "same e-mail" in html
    other = made(Company(name="Tutt'altra"))
    html = as_("giulia").get(f"/leads/{lead.pk}/convert/?company={other.pk}").content.decode()
    assert f'name="company" value="{other.pk}" checked' in html
