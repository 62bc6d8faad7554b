from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fedele.access.administration import administrators_only
from fedele.access.screens import screen


@administrators_only
def overview(request: HttpRequest) -> HttpResponse:
    return screen(request, "setup/overview.html")
