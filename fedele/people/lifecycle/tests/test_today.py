"""Customers at risk on Today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fedele.access.models import Role
from fedele.people.lifecycle.today import at_risk
from fedele.people.models import Company


def fresh(user: Any) -> Any:
    return type(user).objects.get(pk=user.pk)


def make(name: str, owner: Any, phase: str, day: str = "2026-11-01") -> Company:
    company = Company.objects.create(name=name, owner=owner, kind="customer")
    Company.objects.filter(pk=company.pk).update(phase=phase, phase_since=dt.date.fromisoformat(day))
    return company


def test_mine_the_latest_first(cast: Any) -> None:
    make("Since long", cast.giulia, "risk", "2026-09-01")
    make("Since yesterday", cast.giulia, "risk", "2026-11-20")
    make("Loyal", cast.giulia, "loyal")
    make("Of Luca", cast.luca, "risk")
    block = at_risk(fresh(cast.giulia))
    assert block is not None
    assert [row.title for row in block.rows] == ["Since yesterday", "Since long"]


def test_who_may_not_know_the_phase_has_no_such_block(cast: Any) -> None:
    make("Secretly at risk", cast.giulia, "risk")
    Role.objects.filter(key="sales_rep").update(hidden={"company": ["phase"]})
    assert at_risk(fresh(cast.giulia)) is None
