"""The pages of the queue: what waits, what is decided about it, and the search of the whole archive."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fedele.base.verbs import Refused
from fedele.people.duplicates.queue import searching
from fedele.people.duplicates.queue.deciding import put_off, tell_apart
from fedele.people.duplicates.queue.merging import certain_of, merge_all
from fedele.people.duplicates.queue.models import ProposalGroup, PutOff
from fedele.people.duplicates.queue.offering import Offer, offer_of
from fedele.people.duplicates.queue.reading import HOME, MANY, SIZE, Asked, counts_for, filled, groups_for, page_of
from fedele.people.duplicates.queue.seeing import decides
from fedele.records.page.answering import in_dialog
from fedele.ui import redirect, render, toast, toast_next


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits. With `after` and htmx only the next groups."""
    _for_deciders(request)
    asked = Asked.of(request.GET, request.user)
    groups, after = page_of(request.user, asked)
    kept = {name: value for name, value in request.GET.items() if name in ("show", "owner", "about", "later") and value}
    here = f"{HOME}?{urlencode(kept)}" if kept else HOME
    offers = [offer_of(one, request.user, here) for one in groups]
    context: dict[str, Any] = {
        "offers": offers,
        "next_url": f"{HOME}?{urlencode({**kept, 'after': after})}" if after else "",
        "asked": asked,
    }
    if asked.after and request.headers.get("HX-Request") == "true":
        return render(request, "people/duplicates/_groups.html", context)
    counts = counts_for(request.user, asked)
    context |= {
        "chips": _chips(asked, counts, kept),
        "count": counts["all"],
        "many": MANY,
        "certain": [one for one in offers if one.is_certain],
        "put_off": PutOff.objects.filter(user=request.user).exists() if not asked.later else False,
        "last": searching.last(),
        "may_search": searching.may_search(request.user),
    }
    return render(request, "people/duplicates/queue.html", context)


def _chips(asked: Asked, counts: dict[str, int], kept: dict[str, str]) -> list[tuple[str, str, int, bool]]:
    """(label, address, count, chosen) of each filter."""
    labels = {
        "": _("All"),
        "sure": _("Certain"),
        "ask": _("To decide"),
        "same": _("Of one kind"),
        "known": _("Leads we know already"),
    }
    return [
        (
            label,
            f"{HOME}?{urlencode({**kept, 'show': name})}",
            counts[name or "all"],
            asked.show == name,
        )
        for name, label in labels.items()
    ]


@require_POST
def apart(request: HttpRequest) -> HttpResponse:
    """Not the same: the proposals `pairs`, remembered."""
    _for_deciders(request)
    try:
        batch = tell_apart(_ids(request.POST.get("pairs", "")), request.user)
    except Refused as refused:
        return _refused(request, refused)
    return _decided(request, _("Remembered as different."), f"/undo/batch/{batch.pk}/")


@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Out of one's own queue for some days. With `back` in the address, back in it."""
    _for_deciders(request)
    if "back" in request.GET:
        PutOff.objects.filter(user=request.user, group__in=_ids(request.GET["back"])).delete()
        return redirect(request, HOME, _("Back in the queue."))
    group = groups_for(request.user, Asked()).filter(pk__in=_ids(request.POST.get("group", ""))).first()
    if group is None:
        return _decided(request, _("This group is no longer there."))
    put_off(group, request.user)
    return _decided(request, _("Put off for a week."), f"{HOME}later/?back={group.pk}")


def merge(request: HttpRequest) -> HttpResponse:
    """All certain ones among `groups` at once. GET: the dialog that says what would become of what."""
    _for_deciders(request)
    ids = _ids(request.POST.get("groups", "") or request.GET.get("groups", ""))[:SIZE]
    if request.method != "POST":
        context = {"merges": certain_of(ids, request.user), "action": f"{HOME}merge/", "url": HOME}
        return in_dialog(request, "people/duplicates/_merge.html", _("Merge the certain ones"), context)
    batch, number, left = merge_all(ids, request.user)
    for words in left:
        toast_next(request, words, level="warn")
    if batch is None:
        return redirect(request, HOME, None if left else _("Nothing certain is left to merge."), level="info")
    message = ngettext("%(n)s group merged.", "%(n)s groups merged.", number) % {"n": number}
    return redirect(request, HOME, message, f"/undo/batch/{batch.pk}/")


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Goes through the whole archive, as a job to watch."""
    if not searching.may_search(request.user):
        raise PermissionDenied(_("Your role does not include searching the whole archive."))
    return redirect(request, searching.start(request.user).get_absolute_url())


def _for_deciders(request: HttpRequest) -> None:
    if not decides(request.user):
        raise PermissionDenied(_("Only who may change customers decides about duplicates."))


def _ids(text: str) -> list[int]:
    """Up to some hundred ids out of "1,2,3"."""
    return [int(one) for one in text.split(",")[:2000] if one.isdecimal() and len(one) < 19]


def _decided(request: HttpRequest, message: str, undo: str | None = None) -> HttpResponse:
    """The card goes, or becomes what is left of its group."""
    if request.headers.get("HX-Request") != "true":
        return redirect(request, HOME, message, undo)
    return toast(_left(request), message, undo)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    if request.headers.get("HX-Request") != "true":
        return redirect(request, HOME, str(refused), level="warn")
    return toast(_left(request), str(refused), level="warn")


def _left(request: HttpRequest) -> HttpResponse:
    stored = ProposalGroup.objects.filter(pk__in=_ids(request.POST.get("group", "")))
    late = PutOff.objects.filter(user=request.user, group__in=stored).values_list("group", flat=True)
    shown = [one for one in filled(list(stored), request.user) if one.pk not in set(late)]
    offers: list[Offer] = [offer_of(one, request.user, HOME) for one in shown]
    return render(request, "people/duplicates/_groups.html", {"offers": offers, "next_url": ""})
