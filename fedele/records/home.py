"""The page a person starts from: what waits for them, what they worked on last, where their sales stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.notices.models import Notice
from fedele.notices.reading import read
from fedele.records.board.lanes import board_of
from fedele.records.declare import RecordType, View
from fedele.records.palette import _recent
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.records.unseen import hide_unseen
from fedele.ui import render

ROWS = 6


@dataclass(frozen=True)
class Tile:
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Some:
    label: str
    count: int
    url: str
    icon: str
    #: (title, second line, address)
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Lanes:
    label: str
    url: str
    columns: list[Any]
    summary: Any


def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    seen = [record_type for record_type in registry if user.rights.may("view", record_type.key)]
    mine = sorted(seen, key=lambda record_type: record_type.home_order)
    context = {
        "greeting": _greeting(user),
        "today": timezone.localdate(),
        "tiles": [_tile(record_type, view, user) for record_type in mine for view in record_type.home_tiles],
        "lists": _waiting([_some(record_type, view, user) for record_type in mine for view in record_type.home_lists]),
        "boards": [_lanes(record_type, user) for record_type in mine if record_type.home_board],
        "recent": _recent(user),
        "told": read(Notice.objects.inbox_of(user).unread().order_by("-id")[:5], user),
    }
    return render(request, "records/home.html", context)


def _waiting(lists: list[Some]) -> list[Some]:
    """Those in which something waits; one that says that nothing does, when that is so everywhere."""
    return [some for some in lists if some.rows] or lists[:1]


def _greeting(user: Any) -> str:
    hour = timezone.localtime().hour
    name = user.first_name or str(user)
    if hour < 13:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def _tile(record_type: RecordType, view: View, user: Any) -> Tile:
    query = ListQuery.read(record_type, user, view.query)
    return Tile(str(view.label), query.count(), f"{record_type.url()}?{view.query}&edited=1")


def _some(record_type: RecordType, view: View, user: Any) -> Some:
    query = ListQuery.read(record_type, user, view.query)
    field, down = query.order
    related = [name for name in record_type.related() if name not in ("owner", "team")]
    records = list(
        query.records().select_related(*related).order_by(f"{'-' if down else ''}{field.path}", "-pk")[:ROWS]
    )
    hide_unseen(record_type, records, user)
    rows = [(str(record), record_type.second_line(record), record_type.url(record.pk)) for record in records]
    return Some(str(view.label), query.count(), f"{record_type.url()}?{view.query}&edited=1", record_type.icon, rows)


def _lanes(record_type: RecordType, user: Any) -> Lanes:
    assert record_type.board is not None
    query = ListQuery.read(record_type, user, f"{record_type.board.only}&{record_type.home_board}")
    columns, summary = board_of(query, record_type.lanes(""), only="totals")
    return Lanes(str(record_type.plural), f"{record_type.url()}board/?{record_type.home_board}", columns, summary)
