from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fedele.journal.acting import act_as


class ActorMiddleware:
    """Signs all that a request writes with the signed-in user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = "api" if request.path.startswith("/api/") else "screen"
        user = request.user if request.user.is_authenticated else None
        with act_as(user, door=door):
            return self.get_response(request)
