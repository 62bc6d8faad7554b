"""When somebody last spoke with a customer, and what the customer has cost in time this year."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fedele.calendar.activities.kinds import Kind, Outcome
from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.speaking import Spoken, adds_spoken, last_spoken
from fedele.calendar.hours.words import hours
from fedele.records.adding import adds_tiles, is_wide, scope_of
from fedele.records.beforehand import asks_beforehand, may_have
from fedele.records.moments import moment_of
from fedele.ui.amounts import money, number

CUSTOMERS = ("company", "contact", "lead")
SPOKE = (Kind.CALL, Kind.MEETING, Kind.EMAIL)
#: When nobody was there, nobody was spoken with.
IN_VAIN = (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.NOT_HELD)
#: Days after which the silence is worth a look.
LONG = 90


@asks_beforehand(*CUSTOMERS)
def whether_anything_was_done(record_type: Any) -> dict[str, Any]:
    done = Activity.objects.filter(trashed_at=None, state="done", **{record_type.key: OuterRef("pk")})
    return {"done": Exists(done)}


def last_contact(record: Any, user: Any) -> Activity | None:
    """The newest call, visit or e-mail in which somebody was reached, among those the user may see."""
    if not user.rights.may("view", "activity") or not (may_have(record, "done") or is_wide(record)):
        return None
    done = Activity.objects.visible_to(user).filter(
        state="done", kind__in=SPOKE, done_at__isnull=False, **{f"{record.record_type}__in": scope_of(record)}
    )
    found: Activity | None = done.exclude(outcome__in=IN_VAIN).select_related("owner").order_by("-done_at").first()
    return found


@adds_spoken
def last_activity(record: Any, user: Any) -> Spoken | None:
    one = last_contact(record, user)
    if one is None or one.done_at is None:
        return None
    return Spoken(one.done_at, str(one.get_kind_display()), str(one.owner or ""), f"/activities/{one.pk}/")


@adds_tiles(*CUSTOMERS, of_group=True)
def last_contact_tile(record: Any, user: Any) -> list[dict[str, Any]]:
    """Who spoke last, how and when; that nobody ever did is told of companies known for long."""
    one = last_spoken(record, user)
    if one is None:
        is_old = record.record_type == "company" and (timezone.now() - record.created_at).days > LONG
        never = is_old and not is_wide(record) and user.rights.may("view", "activity")
        note = _("nothing written down")
        return (
            [{"label": _("Last contact"), "value": pgettext("last contact", "never"), "note": note, "level": "warn"}]
            if never
            else []
        )
    days = (timezone.localdate() - timezone.localdate(one.at)).days
    level, note = "warn" if days > LONG else "", " · ".join(filter(None, (one.how, one.who)))
    return [{"label": _("Last contact"), "value": _ago(days), "note": note, "url": one.url, "level": level}]


def _ago(days: int) -> str:
    if days < 2:
        return _("yesterday") if days == 1 else _("today")
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


def effort(record: Any, user: Any) -> dict[str, Any] | None:
    """Time, kilometres and costs of this year's activities with the customer; None when none were written down."""
    if not (may_have(record, "done") or is_wide(record)):
        return None
    begins = moment_of(timezone.localdate().replace(month=1, day=1))
    done = Activity.objects.visible_to(user).filter(
        state="done", done_at__gte=begins, **{f"{record.record_type}__in": scope_of(record)}
    )
    names = [name for name in ("spent", "kilometres", "costs") if not user.rights.hides("activity", name)]
    sums = done.aggregate(**{name: Sum(name) for name in names}) if names else {}
    if not any(sums.values()):
        return None
    whose = f"f={record.record_type}.in:{','.join(map(str, scope_of(record)))}"
    url = f"/activities/?edited=1&{whose}&f=state.in:done&f=done_at.in_period:year"
    words = {
        "spent": hours(sums.get("spent") or 0),
        "kilometres": _("%(n)s km") % {"n": number(sums.get("kilometres") or 0)} if sums.get("kilometres") else "",
        "costs": money(sums["costs"]) if sums.get("costs") else "",
    }
    return {"words": " · ".join(filter(None, words.values())), "url": url}
