"""Who is here: noted and told with the question every open page asks."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

from django.core.cache import caches
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.inbox.presence.models import Presence
from fedele.records.registry import registry
from fedele.tasks.jobs import job
from fedele.ui.live import Here, live

#: Who was not heard of for so long has gone.
GONE = dt.timedelta(seconds=30)
#: An unchanged presence is written down again only after so long: of three questions, two write nothing.
FRESH = dt.timedelta(seconds=12)
#: Seconds for which it is remembered that one may see a record.
REMEMBER = 30
#: So many are shown by name.
MOST = 5


@live("presence", here=True)
def who_else(user: Any, since: dt.datetime, here: Here | None) -> dict[str, Any] | None:
    if here is None or not _may_see(user, here):
        return None
    now = timezone.now()
    place = {"record_type": here.record_type, "record_id": here.record_id}
    found = list(Presence.objects.filter(**place, seen_at__gt=now - GONE).select_related("user").order_by("pk")[:50])
    own = next((one for one in found if one.user_id == user.pk), None)
    if own is None or own.is_writing != here.is_writing or now - own.seen_at > FRESH:
        # A nicety: where the database has no time for it, the page hears of everything else all the same.
        with suppress(OperationalError), transaction.atomic():
            values = {"seen_at": now, "is_writing": here.is_writing}
            Presence.objects.update_or_create(**place, user=user, defaults=values)
    return told([one for one in found if one.user_id != user.pk])


def told(others: list[Presence]) -> dict[str, Any]:
    """Their initials and names, and the line above what one writes, in the reader's language."""
    writing = [one.user.first_name or str(one.user) for one in others if one.is_writing]
    people = [
        {"initials": one.user.initials, "name": str(one.user), "writing": one.is_writing} for one in others[:MOST]
    ]
    return {"people": people, "more": max(0, len(others) - MOST), "writing": writing_line(writing)}


def writing_line(names: list[str]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return _("%(name)s is writing…") % {"name": names[0]}
    return ngettext("%(n)s colleague is writing…", "%(n)s colleagues are writing…", len(names)) % {"n": len(names)}


def _may_see(user: Any, here: Here) -> bool:
    """Asked every few seconds, so the answer is good for half a minute."""
    known = registry.get(here.record_type)
    if known is None:
        return False
    key = f"here:{user.pk}:{here.record_type}:{here.record_id}"
    found = known.model.objects.visible_to(user).filter(pk=here.record_id)
    return bool(caches["process"].get_or_set(key, found.exists, REMEMBER))


@job()
def sweep() -> int:
    """Nightly: what nobody can ask for any more."""
    return Presence.objects.filter(seen_at__lt=timezone.now() - dt.timedelta(hours=1)).delete()[0]
