"""The door of the verbs, and the doors back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import translation

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.journal.writing import open_batch
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.undo import preview_batch, undo_batch, undo_entry
from fedele.sales.opportunities.models import Opportunity

HTMX = {"HX-Request": "true"}


def test_a_verb_without_questions_is_done_at_once_and_undone(as_: Any, lead: Lead) -> None:
    browser = as_("giulia")
    page = browser.get(f"/leads/{lead.pk}/").content.decode()
    assert f"/leads/{lead.pk}/do/qualify/" in page and f"/leads/{lead.pk}/convert/" in page
    assert browser.post(f"/leads/{lead.pk}/do/qualify/").status_code == 302
    lead.refresh_from_db()
    assert lead.stage == "lead"
    assert f"/leads/{lead.pk}/do/qualify/" not in browser.get(f"/leads/{lead.pk}/").content.decode()
    entry = Entry.objects.get(kind="lead.qualified")
    assert browser.post(f"/undo/{entry.pk}/").status_code == 302
    lead.refresh_from_db()
    assert lead.stage == "suspect"
    assert browser.post(f"/undo/{entry.pk}/").status_code == 404  # only once


def test_a_verb_that_asks_shows_its_form_and_refuses_half_answers(as_: Any, opportunity: Opportunity) -> None:
    browser, url = as_("giulia"), f"/opportunities/{opportunity.pk}/do/lose/"
    assert 'name="reason"' in browser.get(url, headers=HTMX).content.decode()
    assert browser.get(url).content.decode().count("<h1") == 1  # a page where there is no dialog
    refused = browser.post(url, {"reason": "other"}, headers=HTMX)
    assert refused.status_code == 422 and "other reason" in refused.content.decode()
    assert refused["HX-Retarget"] == "#dialog-body"
    assert browser.post(url, {"reason": "nonsense"}).status_code == 422
    opportunity.refresh_from_db()
    assert opportunity.outcome == "open"
    assert browser.post(url, {"reason": "other", "note": "They moved abroad"}).status_code == 302
    opportunity.refresh_from_db()
    assert (opportunity.outcome, opportunity.outcome_note) == ("lost", "They moved abroad")


def test_a_verb_that_does_not_apply_any_more_says_so(as_: Any, opportunity: Opportunity) -> None:
    browser, url = as_("giulia"), f"/opportunities/{opportunity.pk}/do/win/"
    assert browser.post(url, {}).status_code == 302
    again = browser.post(url, {}, headers=HTMX)
    assert again.status_code == 422 and "does not apply" in again.content.decode()
    assert Entry.objects.filter(kind="opportunity.won").count() == 1


def test_beside_a_list_the_answer_is_a_toast_and_the_news(as_: Any, opportunity: Opportunity) -> None:
    answer = as_("giulia").post(
        f"/opportunities/{opportunity.pk}/do/win/",
        {},
        headers={**HTMX, "HX-Current-URL": "http://testserver/opportunities/?q=x"},
    )
    told = json.loads(answer["HX-Trigger"])
    assert told["fedele:changed"] == {"type": "opportunity", "id": opportunity.pk}
    assert told["toast"]["undo"].startswith("/undo/batch/") and "close-dialog" in told


def test_only_declared_verbs_for_who_may(as_: Any, lead: Lead) -> None:
    for name in ("erase", "save", "delete", "put", "note", "win", "__init__", "restore"):
        assert as_("giulia").post(f"/leads/{lead.pk}/do/{name}/").status_code == 404
    assert as_("andrea").post(f"/leads/{lead.pk}/do/qualify/").status_code == 403
    assert as_("davide").post(f"/leads/{lead.pk}/do/qualify/").status_code == 404
    assert as_("chiara").post(f"/leads/{lead.pk}/do/trash/").status_code == 403
    lead.refresh_from_db()
    assert (lead.stage, lead.trashed_at) == ("suspect", None)


def test_a_win_and_what_it_did_to_the_customer_go_back_as_one(
    as_: Any, opportunity: Opportunity, company: Company
) -> None:
    browser = as_("giulia")
    browser.post(f"/opportunities/{opportunity.pk}/do/win/", {"note": "Signed"})
    company.refresh_from_db()
    assert company.kind == "customer"
    batch = Entry.objects.get(kind="opportunity.won").batch
    assert browser.post(f"/undo/batch/{batch.pk}/").status_code == 302
    opportunity.refresh_from_db()
    company.refresh_from_db()
    assert (opportunity.outcome, opportunity.closed_on, opportunity.probability, company.kind) == (
        "open",
        None,
        10,
        "prospect",
    )


def test_undo_is_for_who_did_it_and_for_administrators(as_: Any, company: Company) -> None:
    with act_as(company.owner):
        company.city = "Lodi"
        company.save()
    entry = Entry.objects.get(kind="company.changed")
    assert as_("luca").post(f"/undo/{entry.pk}/").status_code == 404
    assert as_("eva").post(f"/undo/{entry.pk}/").status_code == 404
    assert as_("giulia").get(f"/undo/{entry.pk}/").status_code == 405
    assert as_("giulia").post("/undo/424242/").status_code == 404
    assert as_("sara").post(f"/undo/{entry.pk}/").status_code == 302
    company.refresh_from_db()
    assert company.city == "Brescia"


def test_later_work_on_the_same_field_stands(giulia: Any, company: Company, cast: dict[str, Any]) -> None:
    with act_as(giulia):
        company.put({"city": "Lodi", "sector": "Plastics"})
        company.save()
    entry = Entry.objects.get(kind="company.changed")
    with act_as(cast["luca"]):
        company.city = "Como"
        company.save()
    with translation.override("en"), pytest.raises(Refused, match="city"), act_as(giulia):
        undo_entry(entry, giulia)
    company.refresh_from_db()
    assert (company.city, company.sector) == ("Como", "Plastics")


def test_later_work_on_another_field_is_kept_and_the_first_goes_back(
    giulia: Any, company: Company, cast: dict[str, Any]
) -> None:
    with act_as(giulia):
        company.city = "Lodi"
        company.save()
    with act_as(cast["luca"]):
        company.sector = "Plastics"
        company.save()
    with act_as(giulia):
        undo_entry(Entry.objects.filter(kind="company.changed").earliest("id"), giulia)
    company.refresh_from_db()
    assert (company.city, company.sector) == ("Brescia", "Plastics")


def test_trashing_and_restoring_go_back(giulia: Any, company: Company) -> None:
    with act_as(giulia):
        company.trash()
        undo_entry(Entry.objects.get(kind="company.trashed"), giulia)
        company.refresh_from_db()
        assert company.trashed_at is None
        undo_entry(Entry.objects.get(kind="company.restored"), giulia)
    company.refresh_from_db()
    assert company.trashed_at is not None


def test_a_record_one_made_goes_to_the_trash_unless_work_went_on_with_it(giulia: Any, cast: dict[str, Any]) -> None:
    with act_as(giulia):
        lone, used, edited = (Company(name=name, owner=giulia) for name in ("Lone", "Used", "Edited"))
        for company in (lone, used, edited):
            company.save()
        Contact(last_name="Bianchi", company=used).save()
        edited.city = "Lodi"
        edited.save()
        made = {entry.title: entry for entry in Entry.objects.filter(kind="company.created")}
        undo_entry(made["Lone"], giulia)
        for name in ("Used", "Edited"):
            with pytest.raises(Refused):
                undo_entry(made[name], giulia)
    assert set(Company.objects.filter(trashed_at=None).values_list("name", flat=True)) == {"Used", "Edited"}


def test_own_fields_of_the_company_go_back_too(giulia: Any, company: Company) -> None:
    with act_as(giulia):
        company.put({"custom.machines": 3})
        company.save()
        company.put({"custom.machines": 5, "custom.brand": "X"})
        company.save()
        undo_entry(Entry.objects.filter(kind="company.changed").latest("id"), giulia)
    company.refresh_from_db()
    assert (company.custom.get("machines"), company.custom.get("brand")) == (3, None)


# --- batches ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def loaded(giulia: Any) -> Batch:
    """Four companies made in one batch; one edited since, one used since, one erased since."""
    with act_as(giulia):
        batch = open_batch("import", record_type="company", title="names.csv")
        with act_as(batch=batch):
            for name in ("Alone", "Edited", "Used", "Parent of used"):
                Company(name=name, owner=giulia).save()
            child = Company.objects.get(name="Used")
            child.parent = Company.objects.get(name="Parent of used")
            child.save()
        edited = Company.objects.get(name="Edited")
        edited.city = "Lodi"
        edited.save()
        Contact(last_name="Bianchi", company=child).save()
    return batch


def test_a_batch_is_looked_at_before_it_goes_back(as_: Any, loaded: Batch) -> None:
    assert preview_batch(loaded) == {"removed": 1, "undone": 0, "kept": 3}
    page = as_("giulia").get(f"/undo/batch/{loaded.pk}/")
    assert page.status_code == 200 and "names.csv" in page.content.decode()
    assert as_("luca").get(f"/undo/batch/{loaded.pk}/").status_code == 404
    assert as_("luca").post(f"/undo/batch/{loaded.pk}/").status_code == 404


def test_of_a_batch_goes_back_what_nobody_touched_or_needs(giulia: Any, loaded: Batch) -> None:
    outcome = undo_batch(loaded, giulia)
    alive = set(Company.objects.filter(trashed_at=None).values_list("name", flat=True))
    # "Used" has a contact since, and with it stays the company it is part of.
    assert alive == {"Edited", "Used", "Parent of used"}
    assert (outcome.removed, len(outcome.kept)) == (1, 3)
    with pytest.raises(Refused):
        undo_batch(loaded, giulia)


def test_undoing_a_bulk_change_keeps_what_others_did_since(giulia: Any, cast: dict[str, Any]) -> None:
    companies = [Company(name=f"Firm {number}", city="Brescia", owner=giulia) for number in range(3)]
    for company in companies:
        company.save()
    with act_as(giulia):
        batch = open_batch("bulk", record_type="company", title="Change: city")
        with act_as(batch=batch):
            Company.objects.filter(pk__in=[company.pk for company in companies]).bulk_change(city="Lodi")
    with act_as(cast["luca"]):
        later = Company.objects.get(name="Firm 1")
        later.city = "Como"
        later.save()
    assert preview_batch(batch) == {"removed": 0, "undone": 3, "kept": 0}
    outcome = undo_batch(batch, giulia)
    assert list(Company.objects.order_by("name").values_list("city", flat=True)) == ["Brescia", "Como", "Brescia"]
    assert (outcome.undone, [title for _key, _pk, title in outcome.kept]) == (2, ["Firm 1"])
    assert Entry.objects.filter(kind="company.undone").count() == 2


def test_what_a_batch_made_goes_together_though_it_points_at_each_other(giulia: Any) -> None:
    with act_as(giulia):
        batch = open_batch("import", record_type="company", title="group.csv")
        with act_as(batch=batch):
            above = Company(name="Above", owner=giulia)
            above.save()
            Company(name="Below", owner=giulia, parent=above).save()
    assert preview_batch(batch) == {"removed": 2, "undone": 0, "kept": 0}
    assert undo_batch(batch, giulia).removed == 2
