"""A call as it stands on somebody's screen: only what that person may see, otherwise the number alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.calendar.activities.speaking import last_spoken
from fedele.inbox.calls.models import Call, Ring, ringing_for
from fedele.people.identity.phones import show_phone
from fedele.records.page.header import header_of
from fedele.records.registry import registry
from fedele.ui.live import live
from fedele.ui.moments import ago, clock

#: Records of one number that are shown.
SHOWN = 4


@dataclass(frozen=True)
class Caller:
    """Somebody with this number, as far as the reader may see them."""

    record: Any
    title: str
    #: The company of a person, and what kind of record it is.
    about: str
    #: Its phase, and what one should know before answering: (level, text).
    warnings: list[tuple[str, str]]
    last: str
    take: str
    log: str


@dataclass(frozen=True)
class Card:
    ring: Ring
    number: str
    callers: list[Caller] = field(default_factory=list)
    #: Who took it, when that is somebody else.
    taken: str = ""
    new_lead: str = ""

    @property
    def call(self) -> Call:
        return self.ring.call


@live("calls")
def ringing(user: Any, since: dt.datetime) -> dict[str, Any]:
    """Which calls this person's screen shows; the page fetches the cards when that changes."""
    return {"calls": [[one.call_id, one.call.taken_by_id or 0] for one in ringing_for(user)]}


def cards_for(user: Any) -> list[Card]:
    return [_card(one, user) for one in ringing_for(user)]


def _card(one: Ring, user: Any) -> Card:
    call = one.call
    number = show_phone(call.number) if call.number.startswith("+") else call.number or _("withheld number")
    if call.taken_by_id and call.taken_by_id != user.pk:
        return Card(one, number, taken=str(call.taken_by.first_name or call.taken_by))
    callers = [_caller(call, record, user) for record in likeliest(visible_callers(call, user))]
    may_create = user.rights.may("create", "lead") and call.number.startswith("+")
    new_lead = f"/leads/new/?{urlencode({'phone': call.number})}" if may_create and not callers else ""
    return Card(one, number, callers, new_lead=new_lead)


def visible_callers(call: Call, user: Any) -> list[Any]:
    """In the order they were found. What one may not see is not there."""
    found = []
    for key, pk in call.callers:
        if known := registry.get(key):
            record = known.model.objects.visible_to(user).select_related(*known.related()).filter(pk=pk).first()
            found += [record] if record else []
    return found


def likeliest(records: list[Any]) -> list[Any]:
    """A number that several people have is that of their company: it comes first. So many as one reads while it rings."""
    companies = [one for one in records if one.record_type == "company"]
    others = [one for one in records if one.record_type != "company"]
    return ([*companies, *others] if len(others) > 1 else [*others, *companies])[:SHOWN]


def _caller(call: Call, record: Any, user: Any) -> Caller:
    known = registry.of(record)
    company = getattr(record, "company", None)
    may_name = company is not None and hasattr(company, "record_type") and user.rights.covers(company)
    header = header_of(known, record, user)
    return Caller(
        record=record,
        title=str(record),
        about=str(company) if may_name else str(known.label),
        warnings=[*((one.level, one.text) for one in header.chips[:1]), *header.warnings][:4],
        last=last_words(record, user),
        take=f"/calls/{call.pk}/take/?to={record.record_type}:{record.pk}",
        log=log_url(call, record) if user.rights.may("create", "activity") else "",
    )


def log_url(call: Call, record: Any) -> str:
    """The form to write the call down in, with what is known of it already."""
    said = _("Call from %(number)s at %(time)s: ") % {"number": call.number, "time": clock(call.at)}
    return f"/activities/log/{record.record_type}/{record.pk}/?{urlencode({'report': said})}"


def last_words(record: Any, user: Any) -> str:
    """Who spoke with them last, how, and when: the same as on their page."""
    last = last_spoken(record, user)
    return ", ".join(filter(None, (capfirst(last.how), last.who, ago(last.at)))) if last else ""
