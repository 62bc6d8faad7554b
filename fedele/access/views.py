"""allauth's own pages, with what ours show besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter as social
from allauth.socialaccount.views import ConnectionsView
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.http import HttpRequest

from fedele.access.browsers import browser_of


@dataclass(frozen=True)
class Provider:
    """A sign-in service of the company."""

    name: str
    url: str
    connect_url: str


def providers(request: HttpRequest) -> list[Provider]:
    passed_on = {"next": request.GET["next"]} if request.GET.get("next") else {}
    return [
        Provider(
            one.app.name,
            one.get_login_url(request, process="login", **passed_on),
            one.get_login_url(request, process="connect"),
        )
        for one in social().list_providers(request)
        if one.app
    ]


def cast() -> tuple[tuple[Any, ...], str]:
    """Who one can be in the demo company, and the password of them all."""
    if not settings.DEMO:
        return (), ""
    from fedele.demo.cast import CAST, PASSWORD

    return CAST, PASSWORD


class SignIn(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people, password = cast()
        more = {"providers": providers(self.request), "cast": people, "cast_password": password}
        return {**super().get_context_data(**kwargs), **more}


class Sessions(ListUserSessionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["rows"] = [(one, browser_of(one.user_agent)) for one in reversed(context["sessions"])]
        return context


class Connections(ConnectionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "providers": providers(self.request)}


sign_in, sessions, connections = SignIn.as_view(), Sessions.as_view(), Connections.as_view()
