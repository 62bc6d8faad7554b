"""Mail is talk: what a person wrote, or was written, counts among the last contacts of a customer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from fedele.calendar.activities.speaking import Spoken, adds_spoken
from fedele.calendar.briefing import SHOWN, Said, adds_said
from fedele.inbox.messages.filed import CUSTOMERS
from fedele.inbox.messages.kinds import WRITTEN, Direction, State
from fedele.inbox.messages.models import Message
from fedele.people.handovers.briefing import Line
from fedele.records.adding import is_wide, scope_of
from fedele.records.beforehand import asks_beforehand, may_have
from fedele.ui.moments import date

#: Written by a person, and arrived. What is confidential is told to nobody who merely sees the customer.
TALK = (
    Q(kind__in=WRITTEN, is_confidential=False)
    & (Q(direction=Direction.IN, state=State.FILED) | Q(direction=Direction.OUT, state=State.SENT))
)  # fmt: skip


#: What is read of each: not its text.
TOLD = (
    "at", "direction", "sender", "sender_name", "subject", "thread_id",
    "author__first_name", "author__last_name", "author__email",
)  # fmt: skip


@asks_beforehand(*CUSTOMERS)
def whether_anything_was_written(record_type: Any) -> dict[str, Any]:
    return {"mail": Exists(Message.objects.filter(**{record_type.key: OuterRef("pk")}))}


@adds_spoken
def last_mail(record: Any, user: Any) -> Spoken | None:
    if not user.rights.may("view", "message") or not (may_have(record, "mail") or is_wide(record)):
        return None
    written = Message.objects.filter(TALK, **{f"{record.record_type}__in": scope_of(record)})
    one = written.select_related("author").only(*TOLD).order_by("-at", "-id").first()
    return one and Spoken(one.at, _how(one), _who(one), f"/mail/{one.thread_id}/")


@adds_said
def said_by_mail(records: Sequence[Any], reader: Any) -> dict[int, list[Said]]:
    """The last times each customer wrote or was written to."""
    found: dict[int, list[Said]] = defaultdict(list)
    if not records or not reader.rights.may("view", "message"):
        return found
    key = str(records[0].record_type)
    written = Message.objects.filter(TALK, **{f"{key}__in": [record.pk for record in records]})
    nth = Window(RowNumber(), partition_by=[key], order_by=[F("at").desc(), F("pk").desc()])
    rows = written.select_related("author").only(*TOLD, f"{key}_id").annotate(nth=nth)
    for one in rows.filter(nth__lte=SHOWN).order_by(key, "nth"):
        words = " – ".join(filter(None, (date(one.at), _who(one), f"{_how(one)}: {one}")))
        found[getattr(one, f"{key}_id")].append((one.at, Line(words, f"/mail/{one.thread_id}/")))
    return found


def _how(one: Message) -> str:
    return _("e-mail received") if one.direction == Direction.IN else _("e-mail sent")


def _who(one: Message) -> str:
    return one.sender_shown if one.direction == Direction.IN else str(one.author or one.sender_shown)
