"""The table of areas: every province of Italy by region, and whose it is; by line of products where there are several."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.access.audit import Subject, audit
from fedele.people.assignment.access import rulers_only
from fedele.people.assignment.models import Area
from fedele.people.assignment.places import PROVINCES_OF
from fedele.people.assignment.shown import show, workers
from fedele.people.identity.provinces import PROVINCES
from fedele.ui import redirect


@rulers_only
def areas(request: HttpRequest) -> HttpResponse:
    """?line= name of a line of products. POST: `p-BS` a province, `r-Lombardia` all of a region; `new_line` begins a table."""
    line = request.GET.get("line", "").replace("\x00", "").strip()[:60]
    people = workers(request.user)
    if request.method == "POST":
        return _save(request, line, {str(one.pk): one for one in people})
    found = Area.objects.filter(line=line).select_related("user")
    now = {area.province: area.user_id for area in found}
    led = {one.pk for one in people}
    others = {area.province: str(area.user) for area in found if area.user_id not in led}
    lines = sorted({*Area.objects.values_list("line", flat=True).distinct(), line} - {""})
    names = [("", _("All products"), reverse("assignment_areas"), None)]
    names += [(one, one, f"{reverse('assignment_areas')}?{urlencode({'line': one})}", None) for one in lines]
    context = {
        "line": line,
        "lines": names,
        "people": [(one.pk, str(one)) for one in people],
        "regions": [_region(region, codes, now) for region, codes in PROVINCES_OF.items()],
        "abroad": now.get(Area.ABROAD, ""),
        "others": others,
        "missing": sum(code not in now for code in PROVINCES),
        "total": len(PROVINCES),
    }
    return show(request, "areas.html", "areas", context)


def _region(region: str, codes: tuple[str, ...], now: dict[str, int]) -> dict[str, Any]:
    return {
        "name": region,
        "provinces": [(code, PROVINCES[code].name, now.get(code, "")) for code in codes],
        "given": sum(code in now for code in codes),
    }


def _save(request: HttpRequest, line: str, people: dict[str, Any]) -> HttpResponse:
    if name := request.POST.get("new_line", "").replace("\x00", "").strip()[:60]:
        return redirect(request, f"{reverse('assignment_areas')}?{urlencode({'line': name})}")
    asked = read(request.POST, people)
    with transaction.atomic():
        now = {
            area.province: area for area in Area.objects.select_for_update().filter(line=line).select_related("user")
        }
        changes = {
            code: [str(now[code].user) if code in now else "", str(people[key]) if key else ""]
            for code, key in asked.items()
            # Whose area it is today may be beyond those one leads: then it is not one's own to give.
            if (code not in now or str(now[code].user_id) in people)
            and (str(now[code].user_id) if code in now else "") != key
        }
        for code in changes:
            if key := asked[code]:
                Area.objects.update_or_create(line=line, province=code, defaults={"user": people[key]})
            else:
                Area.objects.filter(line=line, province=code).delete()
        if changes:
            audit("area.edited", Subject("area", 0, line or _("Areas")), changes=changes)
    back = f"{reverse('assignment_areas')}?{urlencode({'line': line})}" if line else reverse("assignment_areas")
    text = ngettext("%(n)s province changed.", "%(n)s provinces changed.", len(changes)) % {"n": len(changes)}
    return redirect(request, back, text)


def read(data: QueryDict, people: dict[str, Any]) -> dict[str, str]:
    """Province → id of who is to have it, or "". A whole region goes before its provinces; unknown people change nothing."""
    asked = {code: data[f"p-{code}"] for code in (*PROVINCES, Area.ABROAD) if f"p-{code}" in data}
    for region, codes in PROVINCES_OF.items():
        if whole := data.get(f"r-{region}", ""):
            asked |= dict.fromkeys(codes, "" if whole == "nobody" else whole)
    return {code: key for code, key in asked.items() if not key or key in people}
