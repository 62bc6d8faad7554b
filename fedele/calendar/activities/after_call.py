"""«How did it go?»: asked once, by one tap, when somebody comes back to the page from a call they made on its number."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.calendar.activities.kinds import Outcome
from fedele.calendar.activities.logging import ABOUT
from fedele.notices.manners import Manner, manner_of
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import toast

#: What a call comes to, the commonest first.
OUTCOMES = (
    Outcome.REACHED,
    Outcome.NO_ANSWER,
    Outcome.CALL_BACK,
    Outcome.INTERESTED,
    Outcome.NOT_INTERESTED,
    Outcome.WRONG_NUMBER,
)


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """GET from=/contacts/5/: the sheet for the record with this address; nothing for whoever does not want to be asked."""
    record = _record_at(request.GET.get("from", ""), request.user)
    wanted = request.user.rights.may("create", "activity") and manner_of(request.user).asks_after_calls
    if record is None or not wanted:
        return HttpResponse(status=204)
    context = {"record": record, "outcomes": OUTCOMES, "days": _days()}
    return in_dialog(request, "calendar/activities/_after_call.html", _("How did it go?"), context)


@require_POST
def never_again(request: HttpRequest) -> HttpResponse:
    Manner.objects.update_or_create(user=request.user, defaults={"asks_after_calls": False})
    response = HttpResponse(headers={"HX-Trigger": '{"close-dialog": ""}'})
    return toast(response, _("You are not asked any more. The notification settings bring it back."))


def _record_at(address: str, user: Any) -> Any:
    """The record whose page this is, if it is one that calls are written down on."""
    slug, _slash, number = address.strip("/").partition("/")
    key = next((key for key in ABOUT if registry.by_key(key).slug == slug), "")
    if not key or not number.isdecimal() or len(number) > 18:
        return None
    return find(registry.by_key(key), int(number), user)


def _days() -> list[tuple[str, str]]:
    """When the next step may be; none is the first."""
    today = timezone.localdate()
    ahead = {_("Tomorrow"): 1, _("In three days"): 3, _("Next week"): 7 - today.weekday()}
    days = [(str(label), (today + dt.timedelta(days=number)).isoformat()) for label, number in ahead.items()]
    return [(str(_("No next step")), ""), *days]
