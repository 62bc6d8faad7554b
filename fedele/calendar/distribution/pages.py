"""The page on which work is handed out: what waits on the left, who has room on the right; given in one step, undone as one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST

from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.spanning import USUAL
from fedele.calendar.distribution.giving import give
from fedele.calendar.distribution.loads import loads_of
from fedele.calendar.distribution.waiting import hands, pile_of
from fedele.calendar.menu import leads
from fedele.people.assignment.access import may_sort
from fedele.people.assignment.people import open_counts
from fedele.people.assignment.queue import answer, waiting_for
from fedele.people.assignment.work import start
from fedele.records.registry import registry
from fedele.records.unseen import hide_unseen
from fedele.ui import redirect, render
from fedele.ui.moments import ago

PAGE, KEYS = 60, 9
NAMES = "names"
LABELS: dict[str, Any] = {
    "nobody": gettext_lazy("Of nobody"),
    "gone": gettext_lazy("Of who has left"),
    "away": gettext_lazy("Of who is away"),
    "late": pgettext_lazy("activities", "Overdue"),
    "team": gettext_lazy("All of the team"),
    NAMES: gettext_lazy("Names to be assigned"),
}


def leaders_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not leads(request.user):
            raise PermissionDenied(_("Handing out work is for those who lead others."))
        return view(request, *args, **kwargs)

    return guarded


@dataclass(frozen=True)
class Waiting:
    pk: int
    title: str
    url: str
    line: str
    owner: Any
    when: str = ""
    is_late: bool = False
    mark: str = ""


@leaders_only
def distribute(request: HttpRequest) -> HttpResponse:
    """?pile=…, without it the first on which something waits; &from=… where the next rows begin."""
    user = request.user
    piles = [key for key in LABELS if key != NAMES or may_sort(user)]
    pile = request.GET.get("pile", "")
    pile = pile if pile in piles else _first_with_rows(user, piles)
    people = hands(user)
    rows, more = _names(user, request.GET) if pile == NAMES else _activities(user, pile, request.GET)
    names = open_counts("lead", [one.pk for one in people]) if may_sort(user) else {}
    context = {
        "tabs": [(key, LABELS[key], f"?pile={key}", None) for key in piles],
        "pile": pile,
        "rows": rows,
        "more": more,
        "loads": [(load, names.get(load.user.pk)) for load in loads_of(people, user, timezone.localdate(), USUAL)],
        "keys": KEYS,
        "today": timezone.localdate(),
        "record_type": registry.by_key("lead" if pile == NAMES else "activity"),
    }
    return render(request, "calendar/distribution/distribute.html", context)


def _first_with_rows(user: Any, piles: list[str]) -> str:
    """The page opens on what waits; on the first pile when nothing does."""
    waits = (pile for pile in piles if (waiting_for(user) if pile == NAMES else pile_of(user, pile)).exists())
    return next(waits, piles[0])


def _activities(user: Any, pile: str, asked: Any) -> tuple[list[Waiting], str]:
    start_at = asked.get("from", "")
    skip = int(start_at) if start_at.isdigit() and len(start_at) < 7 else 0
    found = pile_of(user, pile).select_related("company", "contact", "lead", "owner").order_by("due_on", "pk")
    rows = list(found[skip : skip + PAGE + 1])
    hide_unseen(registry.by_key("activity"), rows, user)
    more = str(skip + PAGE) if len(rows) > PAGE else ""
    return [_row(one) for one in rows[:PAGE]], more


def _row(one: Activity) -> Waiting:
    who = next((str(part) for part in (one.company, one.contact, one.lead) if part and str(part)), "")
    line = " · ".join(filter(None, (str(one.get_kind_display()).capitalize(), who)))
    return Waiting(
        one.pk, one.subject, f"/activities/{one.pk}/", line, one.owner, one.when, one.is_late,
        "urgent" if one.urgent else "",
    )  # fmt: skip


def _names(user: Any, asked: Any) -> tuple[list[Waiting], str]:
    after, found = asked.get("from", ""), waiting_for(user).order_by("-pk")
    if after.isdigit() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    rows = list(found[: PAGE + 1])
    more = str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    second = registry.by_key("lead").second_line
    return [
        Waiting(one.pk, str(one), f"/leads/{one.pk}/", second(one), None, ago(one.created_at)) for one in rows[:PAGE]
    ], more


@leaders_only
@require_POST
def hand_out(request: HttpRequest) -> HttpResponse:
    """POST ids, owner, pile: the chosen ones to that colleague, as one act."""
    user, pile = request.user, request.POST.get("pile", "")
    ids = [int(part) for part in request.POST.get("ids", "").split(",") if part.isdigit() and len(part) < 19][:PAGE]
    back = f"{reverse('calendar_distribute')}?pile={pile if pile in LABELS else ''}"
    to = next((one for one in hands(user) if str(one.pk) == request.POST.get("owner", "")), None)
    if not ids or to is None:
        return redirect(request, back, _("Choose what is handed out, and to whom."), level="warn")
    if pile == NAMES and may_sort(user):
        known = list(waiting_for(user).filter(pk__in=ids).values_list("pk", flat=True))
        return answer(request, start(user, "lead", known, to=[to.pk]), back)
    batch, given, left = give(user, ids, to)
    said = ngettext("%(n)s activity for %(name)s.", "%(n)s activities for %(name)s.", given) % {"n": given, "name": to}
    if left:
        said += " " + ngettext("%(n)s stays where it is.", "%(n)s stay where they are.", left) % {"n": left}
    undo = f"/undo/batch/{batch.pk}/" if given else None
    return redirect(request, back, said, undo, "ok" if given else "warn")
