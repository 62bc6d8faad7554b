"""At the address of a merged record one is led to what remained, whatever one wanted to do there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from fedele.records.merging.leading import Led
from fedele.ui import redirect, toast_next


class MergedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """None for all that is no merged record: others answer then."""
        return go_on(request, error) if isinstance(error, Led) else None


def go_on(request: HttpRequest, led: Led) -> HttpResponse:
    """Looking and noting go on there; what would change the record is left to whoever has looked at it first."""
    old = str(led.record_type.url(led.merged.record_id))
    rest = request.path.removeprefix(old) if request.path.startswith(old) else ""
    said = _("%(record)s was merged into this one.") % {"record": led.merged}
    if request.method in ("GET", "HEAD"):
        return redirect(request, f"{led.url}{rest if rest == 'edit/' else ''}", said, level="info")
    if rest == "note/":
        toast_next(request, said, level="info")
        return HttpResponseRedirect(f"{led.url}{rest}", status=307)
    said = _("%(record)s was merged into this one meanwhile. Nothing was changed: look here first.") % {
        "record": led.merged
    }
    if rest.startswith("cell/"):
        return HttpResponse(said, status=422, content_type="text/plain; charset=utf-8")
    return redirect(request, led.url, said, level="warn")
