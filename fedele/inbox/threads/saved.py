"""Views of the list of mail that people save: for themselves, their team, everybody. The filters stand in their address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from fedele.inbox.threads.filtering import FilterForm, Filters
from fedele.records.listing import saving
from fedele.records.listing.views import views_kept
from fedele.records.models import SavedView

KEY, BASE = "message", "/mail/"
KEPT = ("view", "q", *FilterForm.base_fields)


def kept_part(data: QueryDict) -> str:
    """In the order of `Filters.kept`, so that the two can be compared."""
    return urlencode([(name, data[name].strip()) for name in KEPT if data.get(name, "").strip()])


def address_of(view: SavedView) -> str:
    return f"{BASE}?{view.query}&saved={view.pk}"


SHELF = saving.Shelf(KEY, BASE, kept_part, address_of, lambda view: f"{BASE}?{view.query}")


def views_of(user: Any) -> list[SavedView]:
    return list(views_kept(KEY, user))


def acts_about(filters: Filters, view: SavedView | None, user: Any) -> saving.Acts:
    changed = filters.kept != view.query if view else filters.is_narrowed
    reset = address_of(view) if view else filters.cleared
    return saving.Acts(BASE, filters.kept, view, changed, reset, user)


def _shelf(request: HttpRequest) -> saving.Shelf:
    if not request.user.rights.may("view", KEY):
        raise Http404
    return SHELF


def save(request: HttpRequest) -> HttpResponse:
    return saving.save(request, _shelf(request))


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    return saving.rename(request, _shelf(request), pk)


@require_POST
def update(request: HttpRequest, pk: int) -> HttpResponse:
    return saving.update(request, _shelf(request), pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    return saving.delete(request, _shelf(request), pk)


@require_POST
def back(request: HttpRequest, token: str) -> HttpResponse:
    return saving.back(request, _shelf(request), token)
