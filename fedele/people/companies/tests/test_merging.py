"""Companies of a group become one: no company ends up part of itself."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact, Role
from fedele.records.merging.apart import unmerge
from fedele.records.merging.joining import merge


def ring(company: Company) -> bool:
    seen: set[int] = set()
    above: Company | None = company
    while above is not None:
        if above.pk in seen:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


@pytest.mark.parametrize("survivor", range(4))
@pytest.mark.parametrize("loser", range(4))
def test_a_line_of_companies(survivor: int, loser: int, cast: SimpleNamespace) -> None:
    """Holding ← group ← firm ← branch: whichever two become one, all others stay below the holding."""
    if survivor == loser:
        return
    line: list[Company] = []
    for name in ("Holding", "Group", "Firm", "Branch"):
        line.append(Company.objects.create(name=name, parent=line[-1] if line else None))
    before = [one.parent_id for one in line]

    batch = merge(cast.dario, line[survivor], [line[loser]])
    now = [Company.objects.get(pk=one.pk) for one in line]
    alive = [one for one in now if one.is_alive]
    assert not any(ring(one) for one in alive)
    assert {one.parent_id for one in alive} <= {None, *(one.pk for one in alive)}

    unmerge(batch, cast.dario)
    assert [Company.objects.get(pk=one.pk).parent_id for one in line] == before


def test_a_role_said_twice_is_kept_once_with_more_said(cast: SimpleNamespace) -> None:
    one, two = (Company.objects.create(name="Alfa") for _n in range(2))
    rossi, bianchi = (Contact.objects.create(last_name=name) for name in ("Rossi", "Bianchi"))
    for company, decision in ((one, ""), (two, "decides")):
        Role.objects.create(contact=rossi, company=company, job="Buyer", decision=decision)
        Role.objects.create(contact=bianchi, company=company, job=f"Job at {company.pk}")
    Role.objects.create(contact=rossi, company=two, job="buyer ", until="2020-01-01")
    before = list(Role.objects.order_by("pk").values_list("pk", "company_id"))

    batch = merge(cast.dario, one, [two])
    kept = Role.objects.filter(company=one).order_by("contact__last_name", "pk")
    assert [(role.contact.last_name, role.job, role.decision, role.until is None) for role in kept] == [
        ("Bianchi", f"Job at {one.pk}", "", True),
        ("Bianchi", f"Job at {two.pk}", "", True),
        ("Rossi", "Buyer", "decides", True),
        ("Rossi", "buyer ", "", False),
    ]
    unmerge(batch, cast.dario)
    assert list(Role.objects.order_by("pk").values_list("pk", "company_id")) == before
