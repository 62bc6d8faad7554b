"""Where somebody is signed in, and how it ends."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


def end_sessions(user: Any, *, except_key: str | None = None) -> int:
    """Ends all sessions of `user` but one; returns how many there were."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=except_key or ""))
    for session in sessions:
        session.end()
    return len(sessions)


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one of one's own other sessions."""
    from fedele.access.audit import audit
    from fedele.ui import redirect

    session = get_object_or_404(
        UserSession.objects.exclude(session_key=request.session.session_key), pk=pk, user=request.user
    )
    audit("user.ended_session", request.user, ip=session.ip)
    session.end()
    return redirect(request, reverse("usersessions_list"), _("Session ended"))
