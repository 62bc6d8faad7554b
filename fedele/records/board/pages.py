"""The board of a record type: lanes, cards, and what happens when a card is moved."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.base.models import Conflict, Refused
from fedele.journal.models import Entry
from fedele.records.board.cards import card_of
from fedele.records.board.lanes import board_of, more_cards, visible_names
from fedele.records.declare import Lane, RecordType
from fedele.records.listing.filters import chips_of
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.ui import render, toast


def board(request: HttpRequest, slug: str) -> HttpResponse:
    record_type = _with_board(slug)
    if not request.user.rights.may("view", record_type.key):
        return render(request, "records/no_permission.html", {"record_type": record_type}, status=403)
    query, group, groups = _query(record_type, request.user, request.GET)
    lanes = record_type.lanes(group)
    if key := request.GET.get("lane"):
        return _more(request, query, lanes, key, group)
    columns, summary = board_of(query, lanes)
    names = visible_names(query, [card for column in columns for card in column.cards or ()])
    context = {
        "record_type": record_type,
        "query": query,
        "group": group,
        "groups": groups,
        "columns": columns,
        "summary": summary,
        "cards": {
            column.lane.key: [card_of(query, record, names) for record in column.cards or ()] for column in columns
        },
        "chips": [chip for chip in chips_of(query) if chip.text not in QueryDict(record_type.board.only).getlist("f")],
        "layout": "board",
        "may": {right: request.user.rights.may(right, record_type.key) for right in ("create", "edit")},
        "closed": _closed(record_type, request.user) if record_type.board else [],
    }
    return render(request, "records/board.html", context)


def _with_board(slug: str) -> RecordType:
    record_type = registry.by_slug(slug)
    if record_type.board is None:
        raise Http404
    return record_type


def _query(record_type: RecordType, user: Any, data: QueryDict) -> tuple[ListQuery, str, list[tuple[str, str]]]:
    """The list's own filters; without any, those the board declares."""
    assert record_type.board is not None
    merged = data.copy()
    only = QueryDict(record_type.board.only)
    named = {condition.partition(".")[0] for condition in data.getlist("f")}
    extra = [condition for condition in only.getlist("f") if condition.partition(".")[0] not in named]
    merged.setlist("f", [*data.getlist("f"), *extra])
    if "view" in merged:
        del merged["view"]
    group = data.get("group", "")
    groups = record_type.board_groups()
    if groups and group not in dict(groups):
        group = groups[0][0]
    return ListQuery.read(record_type, user, merged), group, groups


def _closed(record_type: RecordType, user: Any) -> list[tuple[Any, str]]:
    """Strips at the right end lead to the closed records of this month; they are counted when looked at."""
    assert record_type.board is not None
    return [(view.label, f"{record_type.url()}?{view.query}&edited=1") for view in record_type.board.closed]


def _more(request: HttpRequest, query: ListQuery, lanes: list[Lane], key: str, group: str) -> HttpResponse:
    start = request.GET.get("start", "0")
    if key not in {lane.key for lane in lanes} or not start.isdigit() or len(start) > 9:
        raise Http404
    records, after = more_cards(query, key, int(start))
    names = visible_names(query, records)
    cards = [card_of(query, record, names) for record in records]
    context = {
        "record_type": query.record_type,
        "query": query,
        "cards": cards,
        "key": key,
        "after": after,
        "group": group,
    }
    return render(request, "records/_lane_more.html", context)


@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """A card put into another lane: the verb the board declares. Answers the card and the totals as they are now."""
    record_type = _with_board(slug)
    record = _card(record_type, request)
    query, group, _groups = _query(record_type, request.user, QueryDict(request.POST.get("query", "")))
    lanes = record_type.lanes(request.POST.get("group", group))
    to = request.POST.get("to", "")
    try:
        if request.POST.get("version") != str(record.version):
            raise Conflict(record)
        _move(record_type, record, to, lanes)
    except Conflict as conflict:
        return _refusal(
            _("%(record)s was changed by somebody else meanwhile. Look at it again.") % {"record": conflict.theirs}, 409
        )
    except (Refused, ValidationError) as refusal:
        return _refusal(" ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal), 422)
    record.refresh_from_db()
    columns, summary = board_of(query, lanes, only="totals")
    names = visible_names(query, [record])
    context = {
        "record_type": record_type,
        "query": query,
        "columns": columns,
        "summary": summary,
        "card": card_of(query, record, names),
    }
    response = render(request, "records/_moved.html", context)
    entry = Entry.objects.filter(record_type=record_type.key, record_id=record.pk, actor_id=request.user.pk).latest(
        "id"
    )
    lane = next((one.label for one in lanes if one.key == to), "")
    return toast(response, _("%(record)s: %(lane)s") % {"record": record, "lane": lane}, undo_url=f"/undo/{entry.pk}/")


def _card(record_type: RecordType, request: HttpRequest) -> Any:
    key = request.POST.get("card", "")
    if not key.isdigit() or len(key) > 18:
        raise Http404
    record = get_object_or_404(record_type.model.objects.visible_to(request.user), pk=int(key))
    if not request.user.rights.covers(record, "edit"):
        raise Http404
    return record


def _move(record_type: RecordType, record: Any, to: str, lanes: list[Lane]) -> None:
    board = record_type.board
    assert board is not None
    if to not in {lane.key for lane in lanes}:
        raise Http404
    if str(getattr(record, record_type.model._meta.get_field(board.by).attname)) == to:
        return
    if board.move:
        target: type[Model] = record_type.model._meta.get_field(board.by).related_model
        getattr(record, board.move)(get_object_or_404(target, pk=int(to)))
        return
    verb = board.moves.get(to)
    if verb is None:
        raise Refused(_("Cards cannot be moved there by hand."))
    getattr(record, verb)()


def _refusal(message: str, status: int) -> HttpResponse:
    response = HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")
    return toast(response, message, level="bad")
