"""The pages only administrators open. A department adds its own; setup shows them all and puts them under its address."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class SetupPage:
    key: str
    label: Any
    icon: str
    #: Name of its first address.
    url_name: str
    #: What one does there, in a few words.
    note: Any = ""
    #: Module with its addresses, put under /setup/<key>/.
    urls: str = ""
    order: int = 50

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_pages: dict[str, SetupPage] = {}


def page(key: str, label: Any, icon: str, url_name: str, *, note: Any = "", urls: str = "", order: int = 50) -> None:
    """Declares a page of setup: `page("processes", _("Sales processes"), "kanban", "processes", urls="…")`."""
    _pages[key] = SetupPage(key, label, icon, url_name, note, urls, order)


def pages() -> list[SetupPage]:
    return sorted(_pages.values(), key=lambda one: one.order)


def administrators_only(view: View) -> View:
    """Who does not administer sees a card that says so: these addresses are no secret."""

    @login_required
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_administrator:  # type: ignore[union-attr]
            raise PermissionDenied(_("Only administrators may set up Fedele. Ask one of them."))
        return view(request, *args, **kwargs)

    return guarded
