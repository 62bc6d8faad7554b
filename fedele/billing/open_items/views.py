"""Overdue by age, and the declaration that an export was complete."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.base.verbs import Refused
from fedele.billing.open_items.closing import close_rest, exports_of, rest_of
from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.showing import OPEN, day_range
from fedele.billing.open_items.standing import ages, bands
from fedele.records.reading import UnreadableFile
from fedele.records.registry import registry
from fedele.ui import redirect, render

#: Files offered as the complete one.
OFFERED = 10


def ageing(request: HttpRequest) -> HttpResponse:
    """What is overdue, by how long: a row for each currency, each sum with its documents behind it."""
    rights: Any = request.user.rights  # type: ignore[union-attr]
    if not rights.may("view", "openitem"):
        raise Http404
    if rights.hides("openitem", "amount") or rights.hides("openitem", "residual"):
        raise PermissionDenied(_("Your role does not include amounts."))
    today = timezone.localdate()
    url = registry.by_key("openitem").url()
    labels = {
        "to_30": _("1–30 days"),
        "to_60": _("31–60 days"),
        "to_90": _("61–90 days"),
        "over_90": _("more than 90 days"),
    }
    context = {
        "rows": ages(OpenItem.objects.visible_to(request.user), today),
        "bands": [
            (key, labels[key], f"{url}?{OPEN}&{day_range(first, last)}&edited=1") for key, first, last in bands(today)
        ],
        "all_url": f"{url}?{OPEN}&f=due_on.before:today&edited=1",
        "may_complete": rights.may("edit", "openitem") and rights.may("create", "openitem"),
        "today": today,
    }
    return render(request, "billing/open_items/ageing.html", context)


def complete(request: HttpRequest) -> HttpResponse:
    """Which file was complete, and as of when; shows what that would settle, and does it when told to."""
    rights: Any = request.user.rights  # type: ignore[union-attr]
    if not (rights.may("edit", "openitem") and rights.may("create", "openitem")):
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    sources = list(exports_of(request.user)[:OFFERED])
    source = next((one for one in sources if str(one.pk) == data.get("import")), None)
    on, problem, rest = _day(data.get("on", "")), "", None
    if source is not None and on is None:
        problem = _("Say as of which day the export was made; not one to come.")
    elif source is not None and on is not None:
        try:
            if request.method == "POST" and data.get("go"):
                return _close(request, source, on)
            rest = rest_of(source, request.user, on)
        except (Refused, UnreadableFile) as refused:
            problem = str(getattr(refused, "message", refused))
    context = {
        "sources": [(one.pk, f"{one.name} · {timezone.localtime(one.created_at):%d/%m/%Y}") for one in sources],
        "source": source,
        "on": on or timezone.localdate(),
        "rest": rest,
        "problem": problem,
    }
    return render(request, "billing/open_items/complete.html", context, status=422 if problem else 200)


def _close(request: HttpRequest, source: Any, on: dt.date) -> HttpResponse:
    batch, count = close_rest(source, request.user, on)
    words = ngettext("%(n)s open item is settled.", "%(n)s open items are settled.", count) % {"n": count}
    return redirect(request, registry.by_key("openitem").url(), words, f"/undo/batch/{batch.pk}/" if count else None)


def _day(text: str) -> dt.date | None:
    """A day gone by, or today."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day <= timezone.localdate() else None
