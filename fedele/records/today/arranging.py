"""Which blocks stand where: as is usual for the role, changed by the person to their liking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fedele.records.page.answering import in_dialog
from fedele.records.today.blocks import Declared, blocks_for
from fedele.records.today.models import Arrangement
from fedele.ui import redirect

COLUMNS = ("main", "side")


@dataclass(frozen=True)
class Arranged:
    scope: str
    has_team: bool
    #: None while the person has changed nothing.
    arrangement: Arrangement | None
    main: list[Declared]
    side: list[Declared]


@dataclass(frozen=True)
class Choice:
    """A line of the dialog: a block, and whether it is on the page."""

    declared: Declared
    is_shown: bool


def arranged_for(user: Any, scope: str) -> Arranged:
    """One statement. Who leads nobody has one side only."""
    arrangement = Arrangement.objects.filter(user=user).first()
    has_team = next(blocks_for(user, "team"), None) is not None
    scope = scope if has_team else "me"
    shown = [one.declared for one in choices_for(user, scope, arrangement) if one.is_shown]
    main, side = ([one for one in shown if one.column == column] for column in COLUMNS)
    return Arranged(scope, has_team, arrangement, main, side)


def choices_for(user: Any, scope: str, arrangement: Arrangement | None) -> list[Choice]:
    """All blocks this person may have, in the order they stand in."""
    of = arrangement or Arrangement()
    place = {key: n for n, key in enumerate(of.order)}
    declared = sorted(blocks_for(user, scope), key=lambda one: place.get(one.key, len(place)))
    return [Choice(one, _is_shown(one, user, of)) for one in declared]


def _is_shown(declared: Declared, user: Any, of: Arrangement) -> bool:
    if declared.key in of.hidden:
        return False
    return declared.key in of.added or declared.is_usual_for(user)


def arrange(request: HttpRequest) -> HttpResponse:
    """GET: the dialog. POST: keeps what is ticked and the order, moves one up or down, or goes back to the usual."""
    user: Any = request.user
    scope = "team" if request.GET.get("of") == "team" else "me"
    home = "/?of=team" if scope == "team" else "/"
    arrangement = Arrangement.objects.filter(user=user).first() or Arrangement(user=user)
    if request.method != "POST":
        return _ask(request, choices_for(user, scope, arrangement), scope)
    if request.POST.get("usual"):
        Arrangement.objects.filter(user=user).update(order=[], hidden=[], added=[])
        return redirect(request, home, _("As usual again."))
    choices = _posted(request, choices_for(user, scope, arrangement))
    if move := request.POST.get("up") or request.POST.get("down"):
        return _ask(request, _moved(choices, move, -1 if request.POST.get("up") else 1), scope, moved=move)
    _keep(arrangement, choices, user)
    return redirect(request, home, _("Your page is arranged."))


def _posted(request: HttpRequest, known: list[Choice]) -> list[Choice]:
    """The choices in the order and with the ticks that were sent; what was not sent stays at the end."""
    sent = request.POST.getlist("order")
    place = {key: n for n, key in enumerate(sent)}
    shown = set(request.POST.getlist("shown"))
    ordered = sorted(known, key=lambda one: place.get(one.declared.key, len(place)))
    return [
        Choice(one.declared, one.declared.key in shown if one.declared.key in place else one.is_shown)
        for one in ordered
    ]


def _moved(choices: list[Choice], key: str, by: int) -> list[Choice]:
    """One block a place up or down in its column."""
    at = next((n for n, one in enumerate(choices) if one.declared.key == key), None)
    if at is None:
        return choices
    column = choices[at].declared.column
    others = [n for n, one in enumerate(choices) if one.declared.column == column]
    to = others.index(at) + by
    if 0 <= to < len(others):
        other = others[to]
        choices[at], choices[other] = choices[other], choices[at]
    return choices


def _keep(arrangement: Arrangement, choices: list[Choice], user: Any) -> None:
    keys = {one.declared.key for one in choices}
    usual = {one.declared.key for one in choices if one.declared.is_usual_for(user)}
    shown = {one.declared.key for one in choices if one.is_shown}
    # Of the other side of the page nothing was sent: what was chosen there stays.
    arrangement.order = [one.declared.key for one in choices] + [key for key in arrangement.order if key not in keys]
    arrangement.hidden = sorted(usual - shown | set(arrangement.hidden) - keys)
    arrangement.added = sorted(shown - usual | set(arrangement.added) - keys)
    arrangement.save()


def _ask(request: HttpRequest, choices: list[Choice], scope: str, moved: str = "") -> HttpResponse:
    columns = [
        (label, [one for one in choices if one.declared.column == column])
        for column, label in (("main", _("Wide column")), ("side", _("Narrow column")))
    ]
    context = {"columns": [pair for pair in columns if pair[1]], "scope": scope, "moved": moved}
    return in_dialog(request, "records/today/_arrange.html", _("Arrange this page"), context)
