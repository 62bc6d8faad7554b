"""Totals read from what is kept, whenever a list asks for nothing the totals do not know."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from fedele.access.carried import CARRIED
from fedele.access.private import MOST, is_at_times_private
from fedele.access.visibility import private_to_others
from fedele.records.filtering import Condition
from fedele.records.tally.models import Tally


@dataclass(frozen=True)
class Total:
    n: int
    total: Decimal
    weighted: Decimal


def count_of(query: Any) -> int | None:
    """How many records the list holds, exactly; None when the kept totals cannot tell."""
    rows = _rows(query)
    if rows is not None and is_at_times_private(query.record_type.key):
        return _without_private(query, rows)
    return None if rows is None else int(rows.aggregate(n=Sum("n"))["n"] or 0)


def _without_private(query: Any, rows: QuerySet[Tally]) -> int:
    """Less those that are private to others, in the same statement. Few ever are, and an index has them together."""
    alive = query.record_type.model.objects.filter(query.q, trashed_at=None)
    kept = Subquery(rows.order_by().values("record_type").annotate(sum=Sum("n")).values("sum"))
    return int(private_to_others(alive, query.user).aggregate(n=Coalesce(kept, 0) - Count("pk"))["n"])


def lanes_of(query: Any) -> dict[str, Total] | None:
    """The totals of each lane of the board; None when they have to be counted."""
    rows = None if is_at_times_private(query.record_type.key) else _rows(query)
    if rows is None:
        return None
    summed = rows.values("lane").annotate(n_=Sum("n"), total_=Sum("total"), weighted_=Sum("weighted"))
    return {row["lane"]: Total(int(row["n_"]), _cents(row["total_"]), _cents(row["weighted_"])) for row in summed}


def _cents(value: Any) -> Decimal:
    return Decimal(value or 0).quantize(Decimal("0.01"))


def _rows(query: Any) -> QuerySet[Tally] | None:
    if query.text or query.groups or query.trash or query.batch or query.unknown:
        return None
    if query.user.rights.reach(query.record_type.key) == CARRIED:
        return None
    visible = _visible(query.user, query.record_type.key)
    if visible is None:
        return Tally.objects.none()
    asked = visible
    for condition in query.conditions:
        one = _condition(query, condition)
        if one is None:
            return None
        asked &= one
    return Tally.objects.filter(asked, record_type=query.record_type.key)


def _visible(user: Any, key: str) -> Q | None:
    """The same rule as access.visibility.restrict, on the columns of the totals; None: nothing at all."""
    rights = user.rights
    reach = rights.reach(key)
    if not user.is_active or reach == "none":
        return None
    if reach in ("all", MOST):
        return Q()
    mine = Q(owner_id=user.pk)
    if reach == "own" or rights.team_id is None:
        return mine
    return mine | Q(team_id=rights.team_id) if reach == "team" else mine | Q(team_id__in=rights.teams_below)


def _condition(query: Any, condition: Condition) -> Q | None:
    board = query.record_type.board
    names = {"owner": "owner_id", "team": "team_id"}
    if board is not None:
        names.update({board.by: "lane", **({board.state: "state"} if board.state else {})})
    column = names.get(condition.field.name)
    if column is None or condition.operator not in ("in", "not_in"):
        return None
    values = list(condition.values)
    if column == "owner_id":
        if "team" in values:
            return None
        values = [str(query.user.pk) if value == "me" else value for value in values]
    return _among(column, values, negated=condition.operator == "not_in")


def _among(column: str, values: list[str], *, negated: bool) -> Q:
    known = [value for value in values if value != "none"]
    if column in ("owner_id", "team_id"):
        found = Q(**{f"{column}__in": [int(value) for value in known]})
        if "none" in values:
            found |= Q(**{f"{column}__isnull": True})
        # A row without owner is not "somebody else's" in SQL either: the list's own filter leaves it in.
        return ~found if negated else found
    if "none" in values:
        known.append("")
    found = Q(**{f"{column}__in": known})
    return ~found if negated else found
