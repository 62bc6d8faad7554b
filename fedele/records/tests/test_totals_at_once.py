"""Kept totals are right when many write to the same lane at the same moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Count, Sum

from fedele.base.tests.sharing import all_at_once
from fedele.demo.cast import install
from fedele.people.companies.models import Company
from fedele.records.board.lanes import board_of
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import Process

pytestmark = pytest.mark.usefixtures("shared_database")
WRITERS = 12


def test_nobodys_write_is_lost_in_the_sum() -> None:
    people = install(password="")
    company = Company.objects.create(name="Alfa")
    stages = list(Process.default().stages.order_by("position"))
    owners = [people[name] for name in ("giulia", "luca", "davide")]

    def work(n: int) -> None:
        one = Opportunity(name=f"O{n}", company=company, amount=100 + n, owner=owners[n % 3], stage=stages[0])
        one.save()
        one.put({"amount": 7 * n + 1})
        one.save()
        if n % 2:
            one.move(stages[n % 5] if n % 5 else stages[1])
        if n % 4 == 0:
            one.trash()

    all_at_once(work, WRITERS)
    one = registry.by_key("opportunity")
    for user in (people["sara"], people["giulia"], people["luca"]):
        query = ListQuery.read(one, user, one.board.only if one.board else "")
        columns, _summary = board_of(query, one.lanes(""), only="totals")
        said: dict[str, Any] = {column.lane.key: (column.count, column.total or 0) for column in columns}
        rows = query.records().order_by().values("stage_id").annotate(n=Count("pk"), total=Sum("amount"))
        counted = {str(row["stage_id"]): (row["n"], row["total"]) for row in rows}
        assert said == {key: counted.get(key, (0, 0)) for key in said}
    assert Opportunity.objects.filter(trashed_at=None).count() == WRITERS - 3
