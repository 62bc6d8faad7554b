"""The guided start: a few steps that tick themselves, until they are done or put away.

A department declares a step with the rows of which the first says that it is done. All steps are asked in one statement,
and only while the guide is open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists
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
    rows: Callable[[Any], Any]


@dataclass(frozen=True)
class Ticked:
    step: Step
    done: bool


_steps: list[Step] = []


def guided_step(
    label: Any, *, note: Any, url: str, order: int = 50, right: Right = None
) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Declares a step on `(user) -> QuerySet`: once there is a row, it is done."""

    def declare(rows: Callable[[Any], Any]) -> Callable[[Any], Any]:
        _steps.append(Step(order, label, note, url, right, rows))
        return rows

    return declare


def guide_for(user: Any, arranged: Arranged) -> list[Ticked]:
    """The first steps this user may take; nothing when all are done, which is then remembered."""
    if arranged.arrangement is not None and arranged.arrangement.guided_at is not None:
        return []
    steps = [one for one in sorted(_steps, key=lambda one: one.order) if allowed(user, one.right)][:STEPS]
    asked = {f"step{n}": Exists(one.rows(user)) for n, one in enumerate(steps)}
    done = get_user_model().objects.filter(pk=user.pk).annotate(**asked).values_list(*asked).first() if asked else ()
    ticked = [Ticked(one, bool(is_done)) for one, is_done in zip(steps, done or (), strict=False)]
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
