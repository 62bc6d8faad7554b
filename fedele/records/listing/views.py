"""The views of a list: those the department declares, and those people save for themselves, a team or everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from fedele.records.declare import RecordType
from fedele.records.models import SavedView
from fedele.records.query import ListQuery

#: What a view keeps of an address.
KEPT = ("f", "any", "q", "sort", "cols")


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    query: str
    saved: SavedView | None = None
    current: bool = False

    @property
    def url(self) -> str:
        return f"?view={self.key}"


def saved_views(record_type: RecordType, user: Any) -> QuerySet[SavedView]:
    return views_kept(record_type.key, user)


def views_kept(key: str, user: Any) -> QuerySet[SavedView]:
    """Views of a list this user may use: their own, their team's and everybody's."""
    scope = Q(owner=user) | Q(scope=SavedView.Scope.ALL)
    if user.team_id:
        scope |= Q(scope=SavedView.Scope.TEAM, team_id=user.team_id)
    return SavedView.objects.filter(scope, record_type=key)


def tabs_of(record_type: RecordType, user: Any, current: str) -> list[Tab]:
    declared = [Tab(view.key, str(view.label), view.query) for view in record_type.listing.views]
    saved = [Tab(f"v{view.pk}", view.name, view.query, view) for view in saved_views(record_type, user)]
    tabs = declared + saved
    known = {tab.key for tab in tabs}
    if current not in known and tabs:
        current = tabs[0].key if not current else ""
    return [Tab(tab.key, tab.label, tab.query, tab.saved, tab.key == current) for tab in tabs]


def read_query(record_type: RecordType, user: Any, data: QueryDict, tabs: list[Tab]) -> ListQuery:
    """What the address asks for, on top of the view it names: its own filters replace the view's."""
    current = next((tab for tab in tabs if tab.current), None)
    merged = data.copy()
    if current is not None and not data.get("trash"):
        base = QueryDict(current.query)
        if not (data.getlist("f") or data.getlist("any") or "edited" in data):
            merged.setlist("f", base.getlist("f"))
            merged.setlist("any", base.getlist("any"))
        for name in ("q", "sort", "cols"):
            if name not in data and base.get(name) and "edited" not in data:
                merged[name] = base[name]
        merged["view"] = current.key
    return ListQuery.read(record_type, user, merged)


def is_changed(query: ListQuery, tabs: list[Tab]) -> bool:
    """Does the list differ from the view it started from?"""
    current = next((tab for tab in tabs if tab.current), None)
    if current is None:
        return query.is_filtered
    return kept_part(QueryDict(query.address)) != kept_part(QueryDict(current.query))


def kept_part(data: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if values := [value for value in data.getlist(name) if value]:
            kept.setlist(name, values)
    return kept.urlencode()
