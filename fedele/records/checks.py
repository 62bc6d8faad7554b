"""Mistakes in a declaration speak at start, naming file and field."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template

from fedele.records.declare import RecordType, Related
from fedele.records.registry import registry


@register()
def declarations(**_kwargs: Any) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    for record_type in registry:
        where = f"{inspect.getsourcefile(type(record_type))}: {type(record_type).__name__}"
        problems += [Error(text, obj=where, id="fedele.E001") for text in _problems(record_type)]
    return problems


def _problems(record_type: RecordType) -> Iterable[str]:
    for place, names in _named_fields(record_type).items():
        for name in names:
            if not _exists(record_type.model, name):
                yield f"{place} names the field {name!r}, which {record_type.model.__name__} does not have."
    for name in record_type.verbs:
        if not hasattr(getattr(record_type.model, name, None), "verb"):
            yield f"verbs names {name!r}, which is no @verb of {record_type.model.__name__}."
    for panel in record_type.page.blocks:
        yield from _panel_problems(panel)


def _named_fields(record_type: RecordType) -> dict[str, tuple[str, ...]]:
    listing, board = record_type.listing, record_type.board
    exchange = record_type.exchange
    named = {
        "Listing": (*listing.columns, *listing.filters, *listing.card, listing.order.lstrip("-")),
        "Form": (*record_type.form.fields, *record_type.form.quick),
        "Page": (*record_type.page.subtitle, *record_type.page.badges),
        "Exchange": (
            exchange.key,
            *exchange.identify,
            *exchange.also,
            *exchange.told,
            *exchange.alike,
            *exchange.synonyms,
            *exchange.defaults,
            *exchange.defaults.values(),
        ),
    }
    named["formatted"] = (*record_type.formatted, *record_type.formatted.values())
    if board:
        named["Board"] = (board.by, *board.card, *((board.total,) if board.total else ()))
    if record_type.calendar:
        named["Calendar"] = (record_type.calendar.date,)
    if record_type.search:
        named["Search"] = (*record_type.search.title, *record_type.search.also)
    return named


def _exists(model: Any, path: str) -> bool:
    for step in path.split("__"):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return False
        model = field.related_model or model
    return True


def _panel_problems(panel: Any) -> Iterable[str]:
    if isinstance(panel, Related):
        target = registry.get(panel.record_type)
        if target is None:
            yield f"Page names the record type {panel.record_type!r}, which is not declared."
        elif not _exists(target.model, panel.by):
            yield f"Page names the field {panel.by!r}, which {panel.record_type} does not have."
        return
    try:
        get_template(panel, using="jinja2")
    except TemplateDoesNotExist:
        yield f"Page names the template {panel!r}, which does not exist."
