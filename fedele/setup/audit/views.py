from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from fedele.access.administration import administrators_only
from fedele.access.models import User
from fedele.access.screens import screen
from fedele.setup.audit.reading import Asked, choices, entries, lines
from fedele.ui import render


@administrators_only
def audit(request: HttpRequest) -> HttpResponse:
    """?who= id of a user, ?what= area or record type, ?since= and ?until= days, ?before= place in the list"""
    asked = Asked.of(request.GET)
    rows, older = entries(asked, request.GET.get("before", ""))
    more = (
        urlencode({name: value for name, value in asdict(asked).items() if value} | {"before": older}) if older else ""
    )
    context = {"asked": asked, "lines": lines(rows, request.user), "more": more}
    if request.headers.get("HX-Request") == "true" and "before" in request.GET:
        return render(request, "setup/_audit_lines.html", context)
    people = [(str(user.pk), str(user)) for user in User.objects.order_by("first_name", "last_name")[:500]]
    return screen(
        request,
        "setup/audit.html",
        {**context, "people": people, "choices": choices(), "filtered": any(asdict(asked).values())},
    )
