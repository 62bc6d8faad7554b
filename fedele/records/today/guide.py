"""The guided start: a few steps that tick themselves, until they are done or put away.

A department declares a step with a question that one indexed row answers; steps are asked only while the guide is open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.records.today.arranging import Arranged
from fedele.records.today.models import Arrangement
from fedele.ui import redirect
from fedele.ui.menu import Right, allowed

#: Steps shown at once.
STEPS = 3


@dataclass(frozen=True)
class Step:
    order: int
    label: Any
    note: Any
    url: str
    right: Right
    is_done: Callable[[Any], bool]


@dataclass(frozen=True)
class Ticked:
    step: Step
    done: bool


_steps: list[Step] = []


def guided_step(
    label: Any, *, note: Any, url: str, order: int = 50, right: Right = None
) -> Callable[[Callable[[Any], bool]], Callable[[Any], bool]]:
    """Declares a step on `(user) -> bool`: is it done?"""

    def declare(is_done: Callable[[Any], bool]) -> Callable[[Any], bool]:
        _steps.append(Step(order, label, note, url, right, is_done))
        return is_done

    return declare


def guide_for(user: Any, arranged: Arranged) -> list[Ticked]:
    """The first steps this user may take; nothing when all are done, which is then remembered."""
    if arranged.arrangement is not None and arranged.arrangement.guided_at is not None:
        return []
    steps = [one for one in sorted(_steps, key=lambda one: one.order) if allowed(user, one.right)][:STEPS]
    ticked = [Ticked(one, one.is_done(user)) for one in steps]
    if ticked and all(one.done for one in ticked):
        put_away(user)
        return []
    return ticked


def put_away(user: Any) -> None:
    Arrangement.objects.update_or_create(user=user, defaults={"guided_at": timezone.now()})


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    put_away(request.user)
    return redirect(request, "/", _("Put away."))
