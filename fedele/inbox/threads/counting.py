"""How many threads each saved view of mail holds: asked for by the page that is already there, as far as a tab counts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from fedele.inbox.threads.filtering import Filters
from fedele.inbox.threads.listing import COUNTED, VIEWS, seen_in
from fedele.inbox.threads.saved import views_of
from fedele.records.models import SavedView
from fedele.ui import render

#: Views beyond these have no number.
MOST_VIEWS = 20


@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.rights.may("view", "message"):
        raise Http404
    counted = [(one.pk, _count(one, user)) for one in views_of(user)[:MOST_VIEWS]]
    return render(request, "inbox/threads/_counts.html", {"counted": counted})


def _count(kept: SavedView, user: Any) -> int:
    """What the list shows of it, and no more than that: the same filters, the same sight."""
    data = QueryDict(kept.query)
    view = data.get("view", "")
    filters = Filters.read(data, user, view if view in VIEWS else "waiting")
    found, _best = filters.narrow(seen_in(user, filters.view), user)
    return int(found.order_by()[:COUNTED].count())
