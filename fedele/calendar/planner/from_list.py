"""The month of the list of activities is that of the calendar: there is one, and the filters it knows go along."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

#: A condition of the list → what the calendar calls it.
KNOWN = {"owner.in:": "people", "kind.in:": "kinds"}
MONTH = re.compile(r"\d{4}-\d\d")


def from_list(request: HttpRequest) -> HttpResponse:
    """GET f=owner.in:…, f=kind.in:…, month=2026-12."""
    asked = {"view": "month"}
    if MONTH.fullmatch(month := request.GET.get("month", "")):
        asked["day"] = f"{month}-01"
    for condition in request.GET.getlist("f"):
        for begins, name in KNOWN.items():
            if condition.startswith(begins):
                asked[name] = condition.removeprefix(begins)[:300]
    return HttpResponseRedirect(f"/calendar/?{urlencode(asked, safe=',')}")
