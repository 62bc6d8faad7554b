"""Why a customer is in its phase, in the reader's language, without what the reader may not know."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.people.lifecycle.facts import may_know_purchases, sign_from_json, signs
from fedele.ui.amounts import number
from fedele.ui.moments import date

MONTH, YEAR = 30.44, 365.25


def why(reason: dict[str, Any], day: dt.date, user: Any) -> list[str]:
    """What the phase rests on, as seen on `day`: purchases first, then the signs of trouble."""
    if not reason:
        return [_("Nothing bought so far.")]
    knows = may_know_purchases(user)
    lines = [_purchases(reason, day)] if knows else []
    if reason.get("silent") and knows:
        lines.append(_("longer silent than usual"))
    hidden = bool(reason.get("silent")) and not knows
    for key, kept in reason.get("signs", {}).items():
        declared, sign = signs.get(key), sign_from_json(kept)
        if declared is None:
            continue
        if user.rights.may("view", declared.of):
            value = "" if sign.value is None else number(sign.value)
            lines.append(str(declared.words) % {"since": date(sign.since), "value": value})
        else:
            hidden = True
    return [*lines, *([_("signs another department knows of")] if hidden else [])]


def _purchases(reason: dict[str, Any], day: dt.date) -> str:
    first, last = (dt.date.fromisoformat(reason[name]) for name in ("first", "last"))
    count, ago = reason["n"], span((day - last).days)
    if count == 1:
        return _("1 purchase, %(ago)s ago") % {"ago": ago} if day > last else _("1 purchase, that day")
    words = {"n": count, "within": span((day - first).days), "ago": ago, "usual": span(reason["usual"])}
    if day == last:
        return _("%(n)s purchases in %(within)s, the last that day; usually buys every %(usual)s") % words
    return _("%(n)s purchases in %(within)s, the last %(ago)s ago; usually buys every %(usual)s") % words


def span(days: int) -> str:
    """As people say it: days up to two months, months up to three years."""
    if days < 2 * MONTH:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if days < 3 * YEAR:
        months = round(days / MONTH)
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    years = round(days / YEAR)
    return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
