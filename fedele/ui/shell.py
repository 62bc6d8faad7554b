"""What every page shows around its content. All of it is worked out only when the template asks."""

from __future__ import annotations

import functools
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override
from markupsafe import Markup

from fedele import __version__
from fedele.base.house import house
from fedele.ui import menu
from fedele.ui.menu import Item, Section


class Shell:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user: Any = getattr(request, "user", None)

    @cached_property
    def csrf_token(self) -> str:
        return get_token(self.request)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.user and self.user.is_authenticated)

    @property
    def theme(self) -> str:
        return str(self.user.theme) if self.is_signed_in else "auto"

    @property
    def density(self) -> str:
        return str(self.user.density) if self.is_signed_in else "compact"

    @property
    def single_keys(self) -> bool:
        return bool(self.user.single_keys) if self.is_signed_in else False

    @property
    def rail_collapsed(self) -> bool:
        return bool(self.user.rail_collapsed) if self.is_signed_in else False

    @property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Each language in its own words."""
        return [("it", "Italiano"), ("en", "English")]

    @property
    def house(self) -> str:
        """The company that works here, as the title of every page names it."""
        return house().name or "Fedele"

    @property
    def version(self) -> str:
        return __version__

    @property
    def after_call(self) -> str:
        """Who pressed a number is asked there how it went."""
        return menu.address("after_call")

    @property
    def now(self) -> str:
        """From when on the page asks what is new."""
        return timezone.now().isoformat()

    @cached_property
    def menu(self) -> list[Section]:
        return menu.menu_for(self.user) if self.is_signed_in else []

    @cached_property
    def creates(self) -> list[Item]:
        return menu.creates_for(self.user) if self.is_signed_in else []

    @cached_property
    def here(self) -> str:
        """The menu entry this page belongs to: the one whose address is the longest beginning of the path."""
        path = self.request.path
        fitting = [
            item for one in self.menu for item in one.items if path == item.url or path.startswith(_folder(item.url))
        ]
        return max(fitting, key=lambda item: len(item.url)).key if fitting else ""

    @cached_property
    def personal(self) -> list[Item]:
        return menu.personal_for(self.user) if self.is_signed_in else []

    @property
    def links(self) -> dict[str, str]:
        return links()

    def fixed(self, part: str) -> Markup:
        """Texts or dialogs of the frame: the same for everybody who speaks this language."""
        return fixed(part, self.language) if not settings.DEBUG else fixed.__wrapped__(part, self.language)

    @cached_property
    def unread(self) -> int:
        from fedele import notices

        count = getattr(notices, "unread_count", None)
        return int(count(self.user)) if count and self.is_signed_in else 0

    @cached_property
    def has_drafts(self) -> bool:
        from fedele.ui import drafts

        return self.is_signed_in and drafts.any_of(self.user)

    @cached_property
    def jobs(self) -> list[Any]:
        from fedele.tasks.progress import running_for

        return running_for(self.user)

    @cached_property
    def toasts(self) -> list[Any]:
        return list(get_messages(self.request))


@functools.cache
def links() -> dict[str, str]:
    """Addresses of pages that other packages bring."""
    return {
        "preferences": reverse("preferences"),
        "manifest": reverse("manifest"),
        "touch_icon": reverse("app_icon", args=["mark", 180]),
        "palette": _address("palette", "/palette/"),
        "inbox": _address("notices", "/notices/"),
        "sign_in": _address("account_login", "/accounts/login/"),
        "sign_out": _address("account_logout", "/accounts/logout/"),
    }


@functools.cache
def fixed(part: str, language: str) -> Markup:
    from fedele.ui.pages import jinja

    with override(language):
        module = jinja().get_template("components/fixed.html").module
        return Markup(getattr(module, part)(links()))  # noqa: S704 (rendered by the escaping environment)


def _address(name: str, otherwise: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return otherwise


def _folder(url: str) -> str:
    path = url.partition("?")[0]
    return path if path != "/" and path.endswith("/") else "\0"


def context_of(request: HttpRequest) -> dict[str, Any]:
    """The names every template may use, besides its own."""
    return {
        "request": request,
        "user": getattr(request, "user", None),
        "shell": Shell(request),
        "settings": settings,
        "csrf_token": SimpleLazyObject(lambda: get_token(request)),
    }
