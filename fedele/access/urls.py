"""Addresses of sign-in: allauth's, without what does not exist here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from fedele.access import views
from fedele.access.sessions import end_session


@login_not_required
def gone(request: HttpRequest, *_args: str) -> HttpResponse:
    """Nobody signs up or proves who they are by a code in a mail; administrators change the address one signs in with."""
    raise Http404


urlpatterns = [
    re_path(r"^(signup|email|confirm-email|social|login/code|reauthenticate/code)/", gone),
    path("login/", views.sign_in, name="account_login"),
    path("sessions/", views.sessions, name="usersessions_list"),
    path("sessions/<int:pk>/end/", end_session, name="end_session"),
    path("3rdparty/", views.connections, name="socialaccount_connections"),
    path("", include("allauth.urls")),
]
