"""The suggested winner, and why."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fedele.people.companies.models import Company
from fedele.people.leads.models import Lead
from fedele.records.merging.choosing import Comparison, most_complete
from fedele.records.registry import registry


@pytest.mark.parametrize(
    ("field", "values", "taken", "why"),
    [
        ("city", ["", "Brescia"], 1, "the only one filled in"),
        ("city", ["Roma", "Brescia", "Brescia"], 1, "the most complete"),  # of the address, as the last changed
        ("name", ["Rinaldi", "Rinaldi S.r.l."], 1, "the most complete"),
        ("name", ["Rinaldi Presse", "RINALDI MACCHINE", "Rinaldi"], 0, "the most complete"),
        ("name", ["Alfa", "Beta"], 1, "from the record changed last"),
        ("email", ["a@alfa.example", "b@alfa.example", "a@alfa.example"], 0, "the same in 2 of 3"),
        ("kind", ["prospect", "customer"], 1, "the furthest along"),
        ("kind", ["supplier", "former", "prospect"], 1, "the furthest along"),
        ("key_account", [False, True], 1, "yes in one of them"),
        ("vat_number", ["01234567897", "11111111111"], 0, "its check digits are right"),
        ("notes", ["One", "Two"], "both", "nothing is lost"),
    ],
)
def test_why_this_one(field: str, values: list[Any], taken: int | str, why: str, dario: Any) -> None:
    base = {"name": "Same"} if field != "name" else {}
    records = [Company.objects.create(**base, **{field: value}) for value in values]
    compared = Comparison(registry.by_key("company"), records, records[0], dario)
    row = next(one for one in compared.rows if field in {part.name for part in one.fields})
    if field == "city" and len(values) == 3:
        assert row.taken == str(records[2].pk)
        return
    if field == "city":
        why = "the most complete"
    assert (row.taken, row.why) == (str(records[taken].pk) if taken != "both" else "both", why)


def test_equal_fields_are_folded_and_empty_ones_left_out(dario: Any) -> None:
    records = [Company.objects.create(name="Alfa", sector=sector) for sector in ("Steel", "Iron")]
    compared = Comparison(registry.by_key("company"), records, records[0], dario)
    assert [row.name for row in compared.rows] == ["sector"]
    assert ("name", "Alfa") in compared.equal
    assert all(text for _label, text in compared.equal)


def test_the_most_complete_remains(dario: Any) -> None:
    empty, full = (
        Company.objects.create(name="Alfa"),
        Company.objects.create(name="Alfa", city="Brescia", sector="Steel"),
    )
    assert most_complete(registry.by_key("company"), [empty, full]) == full
    assert most_complete(registry.by_key("company"), [empty, Company.objects.create(name="Alfa")]) == empty


def test_an_unseen_relation_says_nothing(cast: SimpleNamespace) -> None:
    parent = Company.objects.create(name="Secret parent")
    records = [Company.objects.create(name="Alfa", parent=parent), Company.objects.create(name="Alfa")]
    parent.trash()
    compared = Comparison(registry.by_key("company"), records, records[0], cast.dario)
    row = next(one for one in compared.rows if one.name == "parent")
    assert row.texts == ["not visible to you", ""]


def test_hidden_fields_are_merged_unseen(cast: SimpleNamespace) -> None:
    from fedele.access.models import Role

    role = Role.objects.get(pk=cast.dario.roles.first().pk)
    role.hidden = {"company": ["iban"]}
    role.save()
    dario = type(cast.dario).objects.get(pk=cast.dario.pk)
    assert dario.rights.hides("company", "iban")
    records = [Company.objects.create(name="Alfa", iban=iban) for iban in ("", "IT60X0542811101000000123456")]
    compared = Comparison(registry.by_key("company"), records, records[0], dario)
    assert "iban" not in {row.name for row in compared.rows}
    assert compared.values()["iban"] == "IT60X0542811101000000123456"


def test_leads_keep_the_furthest_stage_unless_somebody_refused(dario: Any) -> None:
    from fedele.records.merging.joining import merge

    cold, hot = Lead.objects.create(last_name="Neri", stage="cold"), Lead.objects.create(last_name="Neri", stage="hot")
    merge(dario, cold, [hot])
    cold.refresh_from_db()
    assert (cold.stage, cold.stage_since) == ("hot", Lead.objects.get(pk=hot.pk).stage_since)

    refused = Lead.objects.create(last_name="Neri")
    refused.kill("refused")
    merge(dario, cold, [refused])
    cold.refresh_from_db()
    assert (cold.stage, cold.dead_reason) == ("dead", "refused")


def test_a_converted_lead_stays_converted(dario: Any) -> None:
    from fedele.records.merging.apart import unmerge
    from fedele.records.merging.joining import merge

    done, new = (Lead.objects.create(last_name="Neri", company_name="Alfa") for _n in range(2))
    done.convert()
    batch = merge(dario, new, [done])
    new.refresh_from_db()
    done.refresh_from_db()
    assert (new.stage, new.company_id, new.contact_id) == ("converted", done.company_id, done.contact_id)
    unmerge(batch, dario)
    new.refresh_from_db()
    assert (new.stage, new.company_id, new.converted_at) == ("suspect", None, None)
