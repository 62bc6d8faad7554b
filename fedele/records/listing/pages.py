"""The list page of every record type, and the fragments it fetches: rows, counts, the filter builder, columns."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from fedele.records.adding import added_bulk
from fedele.records.declare import RecordType
from fedele.records.filtering import BadFilter, parse
from fedele.records.listing.filters import builder_of, chips_of, quick_filters
from fedele.records.listing.saving import Acts
from fedele.records.listing.table import table_of
from fedele.records.listing.views import Tab, is_changed, read_query, tabs_of
from fedele.records.query import COUNT_LIMIT, ListQuery
from fedele.records.registry import registry
from fedele.ui import redirect, render


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    record_type = registry.by_slug(slug)
    if not request.user.rights.may("view", record_type.key):
        return render(request, "records/no_permission.html", {"record_type": record_type}, status=403)
    tabs = tabs_of(record_type, request.user, request.GET.get("view", ""))
    query = read_query(record_type, request.user, request.GET, tabs)
    try:
        table = table_of(query)
    except BadFilter:
        return redirect(request, f"{record_type.url()}?{query.address_with()}")
    if "after" in request.GET:
        return render(request, "records/_rows.html", {"record_type": record_type, "query": query, "table": table})
    count = query.count() if table.after or query.after else len(table.rows)
    context = {
        "record_type": record_type,
        "query": query,
        "tabs": tabs,
        "table": table,
        "count": count,
        "more_than": query.says_more_than(count),
        "limit": COUNT_LIMIT,
        "chips": chips_of(query),
        "quick": quick_filters(query),
        "acts": acts_about(query, tabs),
        "bulk_verbs": bulk_verbs(record_type, request.user),
        "bulk_acts": added_bulk(record_type.key, request.user),
        "may": {
            right: request.user.rights.may(right, record_type.key) for right in ("create", "edit", "delete", "export")
        },
    }
    return render(request, "records/list.html", context)


def acts_about(query: ListQuery, tabs: list[Tab]) -> Acts:
    current, base = next((tab for tab in tabs if tab.current), None), query.record_type.url()
    return Acts(
        base=base,
        address=query.address,
        saved=current.saved if current else None,
        changed=is_changed(query, tabs),
        reset=f"{base}{current.url}" if current else "",
        user=query.user,
    )


def bulk_verbs(record_type: RecordType, user: Any) -> list[Any]:
    found = []
    for name in (*record_type.verbs, "trash"):
        described = getattr(record_type.model, name).verb
        if described.bulk and user.rights.may(described.may, record_type.key):
            found.append(described)
    return found


def seen_by(user: Any, slug: str) -> RecordType:
    """The type of that address, for who may see some of its records; Http404 for everybody else."""
    record_type = registry.by_slug(slug)
    if not user.rights.may("view", record_type.key):
        raise Http404
    return record_type


def _query(request: HttpRequest, record_type: RecordType) -> ListQuery:
    tabs = tabs_of(record_type, request.user, request.GET.get("view", ""))
    return read_query(record_type, request.user, request.GET, tabs)


def exact_count(request: HttpRequest, slug: str) -> HttpResponse:
    """The number behind "over 50,000", fetched after the page is there."""
    record_type = seen_by(request.user, slug)
    count = _query(request, record_type).count(limit=None)
    return render(request, "records/_count.html", {"count": count})


def view_counts(request: HttpRequest, slug: str) -> HttpResponse:
    """How many records each view of the list holds, for its tab."""
    record_type = seen_by(request.user, slug)
    counted = []
    for tab in tabs_of(record_type, request.user, request.GET.get("view", "")):
        query = ListQuery.read(record_type, request.user, tab.query)
        count = query.count()
        counted.append((tab, count, query.says_more_than(count)))
    return render(request, "records/_tabs.html", {"record_type": record_type, "counted": counted, "limit": COUNT_LIMIT})


def builder(request: HttpRequest, slug: str) -> HttpResponse:
    """One row of the filter builder, made anew when its field or operator changes; with `add` it becomes a filter."""
    record_type = seen_by(request.user, slug)
    query = _query(request, record_type)
    data = request.GET
    values = tuple(value for value in data.getlist("value") if value != "")
    row = builder_of(query, data.get("field", ""), data.get("op", ""), values)
    problem = ""
    if "add" in data:
        text = f"{row.field.name}.{row.operator}"
        escaped = (value.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\p") for value in values)
        text += f":{','.join(escaped)}" if values else ""
        try:
            condition = parse(text, query.fields)
            added = query.address_with(conditions=(*query.conditions, condition))
            ListQuery.read(record_type, request.user, added, strict=True)
            return redirect(request, f"{record_type.url()}?{added}")
        except BadFilter as error:
            problem = str(error.message)
    matching = _matching(query, row, values)
    context = {"record_type": record_type, "query": query, "row": row, "problem": problem, "matching": matching}
    return render(request, "records/_builder.html", context, status=422 if problem else 200)


def _matching(query: ListQuery, row: Any, values: tuple[str, ...]) -> int | None:
    """How many the list would show with the condition as it stands; None while it is not complete."""
    from dataclasses import replace

    from fedele.records.filtering import BARE, Condition, condition_q

    if not values and row.operator not in BARE:
        return None
    condition = Condition(row.field, row.operator, values)
    try:
        condition_q(condition, query.user)
    except BadFilter:
        return None
    return replace(query, conditions=(*query.conditions, condition), after="").count()


def columns(request: HttpRequest, slug: str) -> HttpResponse:
    """The choice and order of the columns; posted back it becomes part of the address."""
    record_type = seen_by(request.user, slug)
    query = _query(request, record_type)
    if "chosen" in request.GET:
        names = tuple(dict.fromkeys(name for name in request.GET.getlist("col") if name in query.fields))
        first = record_type.listing.columns[0]
        if first not in names:
            names = (first, *names)
        chosen = () if names == record_type.listing.columns else names
        return redirect(request, f"{record_type.url()}?{query.address_with(columns=chosen)}")
    shown = [field.name for field in query.shown]
    hidden = sorted((f for f in query.fields.values() if f.name not in shown), key=lambda f: str(f.label).lower())
    context = {"record_type": record_type, "query": query, "shown": query.shown, "hidden": hidden}
    return render(request, "records/_columns.html", context)
