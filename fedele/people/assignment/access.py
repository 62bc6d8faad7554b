"""Who gives out names: whoever may change the leads of others sorts the queue; who leads or administers makes the rules."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def may_sort(user: Any) -> bool:
    """The queue and the load view: everybody whose reach over leads is wider than their own."""
    return user.rights.reach("lead", "edit") in ("team", "below", "all")


def may_rule(user: Any) -> bool:
    """Rules, areas, absences of others: those who may also throw away the leads of others."""
    return user.rights.reach("lead", "edit") in ("below", "all") and user.rights.reach("lead", "delete") in (
        "below",
        "all",
    )


def sorters_only(view: View) -> View:
    return _only(may_sort, view)


def rulers_only(view: View) -> View:
    return _only(may_rule, view)


def _only(allowed: Callable[[Any], bool], view: View) -> View:
    @login_required
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not allowed(request.user):
            raise PermissionDenied(_("Giving out names is for those who lead sales or the back office."))
        return view(request, *args, **kwargs)

    return guarded
