"""The Jinja environment of every page: strict, escaping, translated by Django, with our filters and globals."""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from fedele.ui import amounts, menu, moments, names
from fedele.ui.breaking import broken
from fedele.ui.dialling import dial
from fedele.ui.formatted.text import for_editor


@functools.lru_cache(maxsize=1024)
def icon(name: str, label: str | None = None) -> Markup:
    """A line icon out of the sprite; with `label` it is read out, without it is decoration."""
    heard = Markup(' role="img" aria-label="{}"').format(label) if label else Markup(' aria-hidden="true"')
    return Markup('<svg class="i"{}><use href="{}#{}"/></svg>').format(heard, static("vendor/icons.svg"), name)


def csp_nonce(request: HttpRequest) -> str:
    return str(request.csp_nonce)  # type: ignore[attr-defined]


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def attributes(values: dict[str, Any]) -> Markup:
    """`{"hx_get": "/x/", "disabled": True, "title": None}` as HTML attributes; underscores become hyphens."""
    found = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        key = escape(name.rstrip("_").replace("_", "-"))
        found.append(f" {key}" if value is True else f' {key}="{escape(value)}"')
    return Markup("".join(found))  # noqa: S704 (names and values are escaped above)


def input_value(value: Any, kind: str) -> Any:
    """A date, a time or a moment in the form an <input> takes it; other values as they are."""
    value = moments.local(value)
    if kind == "datetime" and hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%dT%H:%M")
    if kind == "time" and hasattr(value, "strftime"):
        return value.strftime("%H:%M")
    return value.isoformat() if kind == "date" and hasattr(value, "isoformat") else value


def environment(**options: Any) -> Environment:
    options = {**options, "autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**options, extensions=["jinja2.ext.i18n", "jinja2.ext.do"])  # noqa: S701
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    # `glyph` is the same as `icon`, for macros that have a parameter of that name.
    env.globals.update(static=static, url=url, icon=icon, glyph=icon, csp_nonce=csp_nonce, dial=dial)
    env.globals.update(personal_tabs_for=menu.personal_tabs_for)
    env.filters.update(
        money=amounts.money,
        number=amounts.number,
        percent=amounts.percent,
        filesize=amounts.filesize,
        date=moments.date,
        day=moments.day,
        datetime=moments.datetime,
        clock=moments.clock,
        ago=moments.ago,
        initials=names.initials,
        tel=names.tel,
        broken=broken,
        attributes=attributes,
        plain_number=amounts.plain_number,
        input_value=input_value,
        capfirst=capfirst,
        query_string=urlencode,
        pairs=lambda values: [(value, value) for value in values],
        month=moments.month,
        weekday=moments.weekday,
        for_editor=for_editor,
    )
    return env
