"""Whoever gets names is told once, however many they are and however many rules gave them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.notices.kinds import declare
from fedele.notices.models import Notice
from fedele.notices.telling import tell
from fedele.people.assignment.models import Handout
from fedele.tasks.jobs import job

#: Names given within these seconds are one notice; and while one lies unread for less than this, more join it.
GATHER, JOIN = 20, timedelta(hours=1)
#: As many reasons a notice names.
REASONS = 4

KIND = "lead.given"
declare(
    KIND,
    label=_("New names are given to me"),
    text=_("New names for you: {count}. {reasons}"),
    why=_("You get this because the rules of assignment, or a colleague, gave you these names."),
    default_email="now",
    icon="user-check",
)


def tell_soon() -> None:
    """With this transaction, and a little later where the engine can wait: an import gives in many small steps."""
    wait = tell_of_new_names.get_backend().supports_defer
    later = tell_of_new_names.using(run_after=timezone.now() + timedelta(seconds=GATHER)) if wait else tell_of_new_names
    later.enqueue()


@job(retries=3)
def tell_of_new_names() -> int:
    """One notice for each person with names they have not heard of. Returns how many people were told."""
    waiting = Handout.objects.filter(is_told=False).order_by().values_list("user_id", flat=True).distinct()
    return sum(_tell_one(user_id) for user_id in sorted(waiting))


def _tell_one(user_id: int) -> bool:
    with transaction.atomic():
        user = get_user_model().objects.select_for_update().get(pk=user_id)
        untold = Handout.objects.filter(user_id=user_id, is_told=False)
        rows = list(untold.order_by("pk").values_list("pk", "reason", "actor_id"))
        if not rows:
            return False
        Handout.objects.filter(pk__in=[row[0] for row in rows]).update(is_told=True)
        reasons = Counter(reason for _pk, reason, _actor in rows)
        _join_or_tell(user, len(rows), reasons, rows[0][2])
    return True


def _join_or_tell(user: Any, count: int, reasons: Counter[str], actor_id: int | None) -> None:
    fresh = Notice.objects.filter(user=user, kind=KIND, read_at=None, at__gte=timezone.now() - JOIN)
    notice = fresh.order_by("-id").first()
    if notice is not None:
        count, reasons = count + notice.data["count"], reasons + Counter(notice.data["by"])
        Notice.objects.filter(pk=notice.pk).update(data=_data(count, reasons), at=timezone.now())
        return
    actor = get_user_model().objects.filter(pk=actor_id).first()
    tell(user, KIND, url="/assignment/mine/", data=_data(count, reasons), actor=actor)


def _data(count: int, reasons: Counter[str]) -> dict[str, Any]:
    named = [f"{reason} ({n})" for reason, n in reasons.most_common(REASONS) if reason]
    return {"count": count, "by": dict(reasons), "reasons": ", ".join(named)}
