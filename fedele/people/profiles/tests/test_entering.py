"""One line on the customer's page: kept, dated, signed, shown, and taken back."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.people.companies.models import Company
from fedele.people.leads.conversion import Plan
from fedele.people.leads.models import Lead
from fedele.people.profiles.models import Agreement, Observation
from fedele.people.profiles.showing import agreed
from fedele.records.undo import undo_batch


def say(browser: Any, about: Any, line: str, **more: str) -> Any:
    return browser.post(
        f"/{'companies' if isinstance(about, Company) else 'leads'}/{about.pk}/profile/", {"line": line, **more}
    )


def test_an_agreement_in_one_line(as_: Any, cast: dict[str, Any], company: Company) -> None:
    due = timezone.localdate() + dt.timedelta(days=20)
    answer = say(as_("giulia"), company, f"accordo: sconto 5 % sui ricambi fino al {due:%d/%m/%Y}")
    assert answer.status_code == 302
    made = Agreement.objects.get()
    assert (made.subject, made.side, made.due_on, made.state, made.company) == (
        "sconto 5 % sui ricambi", "us", due, "open", company,
    )  # fmt: skip
    assert (made.owner, made.team) == (cast["giulia"], cast["giulia"].team)
    html = as_("chiara").get(f"/companies/{company.pk}/?panels=1").content.decode()
    assert "sconto 5 % sui ricambi" in html
    assert Entry.objects.filter(kind="agreement.created", links__record_type="company").count() == 1


@pytest.mark.parametrize("who", ["giulia", "luca", "anna", "chiara", "marco", "dario"])
def test_every_department_writes(as_: Any, cast: dict[str, Any], company: Company, who: str) -> None:
    assert say(as_(who), company, "bisogno: un secondo turno", source="visit", said_by="Elena").status_code == 302
    made = Observation.objects.get()
    assert (made.kind, made.text, made.owner, made.team, made.source, made.said_by) == (
        "need", "un secondo turno", cast[who], cast[who].team, "visit", "Elena",
    )  # fmt: skip


def test_who_may_not_see_the_customer_or_says_nothing_writes_nothing(as_: Any, company: Company) -> None:
    assert say(as_("eva"), company, "x").status_code == 404
    for line in ("", "   ", "x" * 301):
        assert say(as_("giulia"), company, line).status_code == 302
    assert say(as_("giulia"), company, "x", kind="nonsense").status_code == 404
    assert as_("giulia").get(f"/companies/{company.pk}/profile/").status_code == 405
    assert as_("giulia").post(f"/agreements/{company.pk}/profile/", {"line": "x"}).status_code == 404
    assert not Observation.objects.exists()


def test_a_new_saying_supersedes_and_the_old_ones_stay(as_: Any, company: Company) -> None:
    browser = as_("giulia")
    for text in ("2/5", "3/5", "4/5"):
        say(browser, company, f"qualità: {text}")
    html = browser.get(f"/companies/{company.pk}/?panels=1").content.decode()
    block = html.split('id="profile"')[1].split("</section>")[0]
    assert "4/5" in block
    assert re.search(r"<small>2 <svg.*?</svg> 3 <svg.*?</svg> 4</small>", block)
    assert Observation.objects.count() == 3


def test_the_fields_of_the_company_follow_with_their_entry_and_go_back_together(
    as_: Any, company: Company, cast: dict[str, Any]
) -> None:
    say(as_("marco"), company, "quota: 30 %")
    say(as_("marco"), company, "disponibilità: alta")
    company.refresh_from_db()
    assert (company.share_of_wallet, company.readiness) == (30, "high")
    entry = Entry.objects.get(kind="company.changed", changes__has_key="readiness")
    assert (entry.actor, entry.changes) == (cast["marco"], {"readiness": ["", "high"]})
    undo_batch(Batch.objects.latest("id"), cast["sara"])
    company.refresh_from_db()
    assert (company.share_of_wallet, company.readiness) == (30, "")
    assert Observation.objects.filter(trashed_at=None).count() == 1


def test_what_was_heard_long_ago_does_not_overwrite_what_was_heard_since(company: Company) -> None:
    today = timezone.localdate()
    Observation(company=company, kind="share", text="40 %").save()
    Observation(company=company, kind="share", text="10 %", noted_on=today - dt.timedelta(days=400)).save()
    company.refresh_from_db()
    assert company.share_of_wallet == 40


def test_what_is_said_of_a_person_is_said_of_the_company(contact: Any) -> None:
    made = Observation(contact=contact, kind="channel", text="preferisce il telefono")
    made.save()
    contact.refresh_from_db()
    assert (made.company_id, contact.preferred_channel) == (contact.company_id, "phone")


def test_what_was_said_of_a_lead_follows_it(as_: Any, lead: Lead, giulia: Any) -> None:
    say(as_("giulia"), lead, "bisogno: pressa entro maggio")
    say(as_("giulia"), lead, "accordo: demo gratuita")
    with act_as(giulia, door="screen"):
        batch = Lead.objects.get(pk=lead.pk).convert(Plan())
    lead.refresh_from_db()
    assert Observation.objects.get().company == lead.company
    assert Agreement.objects.get().company == lead.company
    undo_batch(batch, giulia)
    assert (Observation.objects.get().company, Agreement.objects.get().company) == (None, None)


def test_the_fields_take_only_what_is_a_figure(as_: Any, company: Company) -> None:
    say(as_("giulia"), company, "potenziale: 120.000 € l'anno")
    say(as_("giulia"), company, "quota: non si sa")
    company.refresh_from_db()
    assert (company.growth_potential, company.share_of_wallet) == ("", None)
    assert Observation.objects.get(kind="potential").value == Decimal(120000)


def test_open_promises_are_counted_at_the_top_with_the_next_of_them(company: Company, cast: dict[str, Any]) -> None:
    assert agreed(company, cast["giulia"]) == []
    day = timezone.localdate() - dt.timedelta(days=2)
    Agreement(company=company, subject="A fork lift on loan", due_on=day).save()
    Agreement(company=company, subject="A reference", side="them").save()
    kept = Agreement(company=company, subject="Done long ago")
    kept.save()
    kept.keep()
    company.__dict__.pop("_profile")
    assert agreed(company, cast["giulia"]) == [
        {"label": "Open agreements", "value": "2", "named": "us: A fork lift on loan", "note": "the customer: A reference",
         "url": f"/agreements/?f=company.in:{company.pk}&f=state.in:open&edited=1", "level": "bad", "order": 90},
    ]  # fmt: skip
    company.__dict__.pop("_profile")
    assert agreed(company, cast["eva"]) == []
    for one in Agreement.objects.filter(company=company, state="open"):
        one.keep()
    company.__dict__.pop("_profile")
    assert agreed(company, cast["giulia"]) == [{"label": "Open agreements", "value": "0", "order": 90}]
