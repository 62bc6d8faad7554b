"""The page itself and its blocks, each with an address of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.records.today.arranging import arranged_for
from fedele.records.today.blocks import Block, Declared, block_named
from fedele.records.today.doors import doors_for
from fedele.records.today.guide import guide_for
from fedele.records.today.work import work_of
from fedele.ui import render

#: Blocks that come with the page, of each column; the others follow by themselves.
AT_ONCE = 1


@dataclass(frozen=True)
class Shown:
    """A block in its place: with what it holds, or still to be loaded."""

    declared: Declared
    block: Block | None = None
    #: On a page of its own, with all its rows.
    is_alone: bool = False


def today(request: HttpRequest) -> HttpResponse:
    """?of=team shows the side of those one leads."""
    user = request.user
    arranged = arranged_for(user, "team" if request.GET.get("of") == "team" else "me")
    worklist = work_of(user) if arranged.scope == "me" else None
    context = {
        "greeting": _greeting(user),
        "today": timezone.localdate(),
        "worklist": worklist,
        "scope": arranged.scope,
        "has_team": arranged.has_team,
        "doors": doors_for(user, arranged.scope, worklist),
        "guide": guide_for(user, arranged),
        "main": _shown(arranged.main, user, at_once=0 if worklist is not None else AT_ONCE),
        "side": _shown(arranged.side, user, at_once=AT_ONCE),
    }
    return render(request, "records/today/today.html", context)


def _shown(declared: list[Declared], user: Any, at_once: int) -> list[Shown]:
    """The first that have something to show are made now."""
    found: list[Shown] = []
    for one in declared:
        if len(found) < at_once:
            block = one.make(user)
            if block is not None:
                found.append(Shown(one, block))
        else:
            found.append(Shown(one))
    return found


def block(request: HttpRequest, key: str) -> HttpResponse:
    """One block anew; nothing when there is nothing for this user. Without htmx it is a page of its own."""
    declared = block_named(key)
    if declared is None or not declared.is_for(request.user):
        raise Http404
    made = declared.make(request.user)
    if request.headers.get("HX-Request") != "true":
        return render(request, "records/today/alone.html", {"one": Shown(declared, made, True)})
    return render(request, "records/today/_block.html", {"one": Shown(declared, made)}) if made else HttpResponse()


def work(request: HttpRequest) -> HttpResponse:
    """The worklist: its first rows anew for Today, all of it as a page."""
    worklist = work_of(request.user)
    if request.headers.get("HX-Request") == "true" and request.GET.get("all") != "1":
        return render(request, "records/today/_work.html", {"worklist": worklist, "rows": worklist.shown})
    return render(request, "records/today/work.html", {"worklist": worklist})


def _greeting(user: Any) -> str:
    hour = timezone.localtime().hour
    name = user.first_name or str(user)
    if hour < 13:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}
