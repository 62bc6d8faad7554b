"""The pages of the person concerned: reading changes nothing, a link opens its own person's page and no other."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from fedele.people.consents import links
from fedele.people.consents.contacting import may_contact
from fedele.people.consents.links import confirm_url, one_click_headers, personal_url, revoke, token_of
from fedele.people.consents.models import Consent, ConsentText
from fedele.people.consents.recording import record_answer
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead


@pytest.fixture
def visitor() -> Client:
    """A browser of somebody outside, as strict about forged forms as a real one."""
    return Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})


@pytest.fixture
def page(lead: Lead) -> str:
    record_answer(lead, ["email", "tracking"], "given", purpose="marketing", source="form")
    return f"/p/{token_of(lead)}/"


def fields(html: str) -> dict[str, Any]:
    """What the form sends when nothing is touched."""
    return {
        "seen": re.search(r'name="seen" value="(\d+)"', html)[1],  # type: ignore[index]
        "was": re.findall(r'name="was" value="([^"]+)"', html),
        **dict.fromkeys(re.findall(r'role="switch" name="([^"]+)" value="on" checked', html), "on"),
    }


def test_shows_what_is_allowed_and_keeps_no_trace(visitor: Client, page: str) -> None:
    answer = visitor.get(page)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="marketing.email" value="on" checked' in html
    assert 'name="partners.email" value="on">' in html
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"], answer["Cache-Control"]) == (
        "noindex, nofollow",
        "no-referrer",
        "no-store",
    )
    assert not answer.cookies
    assert "script-src" in answer["Content-Security-Policy"]
    assert "<script" not in html and "/accounts/" not in html and "Tosi" not in html


def test_reading_changes_nothing(visitor: Client, page: str, lead: Lead) -> None:
    before = list(Consent.objects.values_list("pk", flat=True))
    for address in (page, f"{page}unsubscribe/", f"/p/{confirm_url(lead, 'marketing', ['email']).split('/p/')[1]}"):
        for method in ("get", "head"):
            assert getattr(visitor, method)(address).status_code == 200
    assert list(Consent.objects.values_list("pk", flat=True)) == before
    assert may_contact(lead, "email").allowed


def test_one_click_without_cookie_or_token(visitor: Client, page: str, lead: Lead) -> None:
    headers = one_click_headers(lead)
    address = headers["List-Unsubscribe"].strip("<>").partition("//")[2].partition("/")[2]
    answer = visitor.post(f"/{address}", "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200 and not answer.cookies
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [may_contact(lead, one).code for one in ("email", "tracking")] == ["refused", "refused"]
    assert may_contact(lead, "post").code != "refused"


def test_measuring_is_withdrawn_by_itself(visitor: Client, page: str, lead: Lead) -> None:
    data = fields(visitor.get(page).content.decode())
    del data["marketing.tracking"]
    assert "Saved" in visitor.post(page, data).content.decode()
    assert [may_contact(lead, one).code for one in ("email", "tracking")] == ["given", "refused"]
    assert Consent.objects.latest("id").evidence["ip"] == "127.0.0.1"
    assert Consent.objects.latest("id").source == "link"


def test_everything_is_left_in_one_click_and_may_be_given_again(visitor: Client, page: str, lead: Lead) -> None:
    visitor.post(page, {"leave": "1"})
    assert {may_contact(lead, one).code for one in ("email", "phone", "message") if one == "email"} == {"refused"}
    assert Lead.objects.get(pk=lead.pk).phone_marketing == "no"
    data = fields(visitor.get(page).content.decode())
    assert data["was"] == []
    visitor.post(page, {**data, "marketing.email": "on"})
    assert may_contact(lead, "email").code == "given"


def test_an_old_page_does_not_undo_a_refusal_made_since(visitor: Client, page: str, lead: Lead) -> None:
    data = fields(visitor.get(page).content.decode())
    record_answer(lead, ["email"], "refused", source="phone")
    data["was"].remove("marketing.email")
    visitor.post(page, data)
    assert may_contact(lead, "email").code == "refused"


def test_what_is_no_link_says_nothing(visitor: Client, page: str, lead: Lead, contact: Contact) -> None:
    token = token_of(lead)
    body, _colon, rest = token.partition(":")
    other = token_of(contact)
    forged = [
        "x", "1", "lead.1", token[:-1], token[:-2] + "xx", f"{other.partition(':')[0]}:{rest}", "x" * 5000, "%00", "è",
        signing.dumps(["lead", lead.pk, 0], salt="another"), signing.dumps(["lead", lead.pk, 0]),
        signing.dumps(["user", 1, 0], salt="fedele.consents.link"),
        signing.dumps(["lead", 987654321, 0], salt="fedele.consents.link"),
        signing.dumps({"lead": 1}, salt="fedele.consents.link"),
        confirm_url(lead, "marketing", ["email"]).split("/")[-3],
    ]  # fmt: skip
    assert body
    answers = set()
    for one in forged:
        cache.clear()
        for tail in ("", "unsubscribe/"):
            for method in ("get", "post"):
                answer = getattr(visitor, method)(f"/p/{one}/{tail}")
                assert answer.status_code == 404, one
                answers.add(answer.content)
        assert visitor.post(f"/p/{one}/confirm/").status_code == (404 if one != forged[-1] else 200)
    assert len(answers) == 1
    assert not Consent.objects.exclude(said="given").exists()


def test_a_link_is_of_one_person(visitor: Client, page: str, lead: Lead, contact: Contact) -> None:
    record_answer(contact, ["email"], "given", purpose="marketing", source="form")
    visitor.post(page, {"leave": "1"})
    assert not Consent.objects.filter(record_type="contact").exclude(said="given").exists()


def test_a_link_dies_by_age_revocation_and_with_the_record(
    visitor: Client, page: str, lead: Lead, monkeypatch: Any
) -> None:
    monkeypatch.setattr(links, "LIFE", dt.timedelta(seconds=-1))
    assert visitor.get(page).status_code == 404
    monkeypatch.undo()
    assert visitor.get(page).status_code == 200
    revoke(lead)
    assert visitor.get(page).status_code == 404
    fresh = personal_url(lead).split("/p/")[1]
    assert visitor.get(f"/p/{fresh}").status_code == 200
    lead.trash()
    assert visitor.get(f"/p/{fresh}").status_code == 404


def test_who_asked_on_a_form_confirms_from_their_mailbox(visitor: Client, lead: Lead) -> None:
    text = ConsentText.write_next("newsletter", "en", "Newsletter", "I agree.")
    address = "/p/" + confirm_url(lead, "marketing", ["email"], text.pk).split("/p/")[1]
    assert "I agree." in visitor.get(address).content.decode()
    assert may_contact(lead, "email").code == "not_asked"
    assert "confirmed" in visitor.post(address).content.decode()
    row = Consent.objects.get()
    assert (row.said, row.source, row.text, row.evidence["confirmed"]) == ("given", "form", text, True)
    lead.email = "another@tosi.example"
    lead.save()
    assert visitor.post(address).status_code == 404


def test_speaks_the_language_of_the_person(visitor: Client, contact: Contact) -> None:
    contact.language = "it"
    contact.save()
    answer = visitor.get(f"/p/{token_of(contact)}/")
    assert answer["Content-Language"] == "it"
    assert '<html lang="it"' in answer.content.decode()


def test_too_many_requests_are_turned_away(visitor: Client, page: str) -> None:
    statuses = [visitor.get("/p/guess/").status_code for _ in range(70)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    assert visitor.get(page).status_code == 429


def test_a_text_in_use_is_never_edited(lead: Lead) -> None:
    text = ConsentText.write_next("newsletter", "it", "Newsletter", "Acconsento.")
    text.body = "Acconsento!"
    text.save()
    record_answer(lead, ["email"], "given", purpose="marketing", source="paper", text=text, at=timezone.now())
    text.body = "Altro."
    with pytest.raises(Exception, match=r"next version|versione successiva"):
        text.save()
    assert ConsentText.objects.get(pk=text.pk).body == "Acconsento!"
    assert ConsentText.write_next("newsletter", "it", "Newsletter", "Altro.").version == 2
