"""What the pages of persons and companies show of consents: a block, a badge beside the name, a word before one calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Value
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.people.consents.contacting import REGISTERED, Answer, answer_for
from fedele.people.consents.informing import due_on
from fedele.people.consents.models import Standing
from fedele.people.consents.people import KEYS
from fedele.people.consents.purposes import MAIN, purposes
from fedele.people.consents.register.models import CheckedNumber
from fedele.people.consents.standing import State
from fedele.people.consents.words import Channel, Source, Stand
from fedele.records.adding import MenuEntry, adds_hindrances, adds_menu, adds_panel, adds_warnings
from fedele.records.beforehand import asks_beforehand, may_have
from fedele.records.registry import registry
from fedele.ui.moments import date

ICONS = {
    Channel.EMAIL: "mail", Channel.PHONE: "phone", Channel.POST: "mailbox", Channel.MESSAGE: "message-square",
    Channel.TRACKING: "chart-no-axes-column", Channel.PROFILING: "user-search",
}  # fmt: skip


#: Stands where a channel would, in the row of the register.
REGISTER = "register"


@dataclass(frozen=True)
class Line:
    """A channel as the block shows it."""

    channel: str
    label: str
    icon: str
    answer: Answer
    #: More about it: the day and the source, or the reason.
    detail: str

    @property
    def level(self) -> str:
        return (
            "ok" if self.answer.allowed else "" if self.answer.is_unknown or self.answer.code == "no_address" else "bad"
        )

    @property
    def word(self) -> str:
        if self.answer.allowed:
            return _("allowed")
        return {"not_asked": _("not asked"), "unchecked": _("to check"), "no_address": _("no address")}.get(
            self.answer.code, _("not allowed")
        )


def known_of(record: Any) -> tuple[dict[tuple[str, str], State], Any]:
    """How a record stands, and what the register said of its number: read once a page in one statement, or in none."""
    if "_consents" not in record.__dict__:
        states, checked = {}, None
        for channel, purpose, stand, at, source, flag, counts_from in (
            _rows(record) if may_have(record, "consents") else ()
        ):
            if channel == REGISTER:
                checked = CheckedNumber(checked_at=at, is_enrolled=flag, counts_from=counts_from)
            else:
                states[channel, purpose] = State(stand, at, source, flag)
        record.__dict__["_consents"] = states, checked
    known: tuple[dict[tuple[str, str], State], Any] = record.__dict__["_consents"]
    return known


@asks_beforehand(*KEYS)
def whether_known(record_type: Any) -> dict[str, Any]:
    said = Exists(Standing.objects.filter(record_type=record_type.key, record_id=OuterRef("pk")))
    names = {field.name for field in record_type.model._meta.concrete_fields} & {"phone", "mobile"}
    checked = CheckedNumber.objects.filter(number__in=[OuterRef(name) for name in sorted(names)])
    return {"consents": said | Exists(checked)}


def _rows(record: Any) -> Any:
    said = Standing.objects.filter(record_type=record.record_type, record_id=record.pk)
    rows = said.values_list("channel", "purpose", "stand", "at", "source", "by_address", F("at"))
    if not record.call_number.startswith(REGISTERED):
        return rows
    number = CheckedNumber.objects.filter(number=record.call_number).annotate(
        register=Value(REGISTER), nothing=Value("")
    )
    answered = number.values_list(
        "register", "nothing", "nothing", "checked_at", "nothing", "is_enrolled", "counts_from"
    )
    return rows.union(answered, all=True)


def answer(record: Any, channel: str, purpose: str = MAIN) -> Answer:
    """As lists see it; who acts on it asks `may_contact`."""
    if purpose not in purposes():
        return Answer(False, "unused")
    return answer_for(record, channel, purpose, *known_of(record))


def may_see(user: Any) -> bool:
    return bool(user.rights.may("view", "consent"))


@adds_panel(*KEYS, template="people/consents/_block.html")
def block(record: Any, user: Any) -> dict[str, Any] | None:
    if not may_see(user):
        return None
    return {
        "lines": [line_of(record, channel) for channel in Channel],
        "may_write": user.rights.may("create", "consent"),
        "url": registry.of(record).url(record.pk, "consents"),
        "purpose": str(purposes().get(MAIN, "")),
    }


def line_of(record: Any, channel: Channel) -> Line:
    found = answer(record, channel)
    detail = "" if found.code in ("no_address", "not_asked") else found.why
    if found.at is not None:
        how = str(Source(found.source).label) if found.source in Source.values else ""
        said = _("agreed on %(day)s, %(how)s") if found.allowed else _("refused on %(day)s, %(how)s")
        detail = said % {"day": date(found.at), "how": how}
        if found.code == "by_address":
            detail = _("the address was refused on %(day)s") % {"day": date(found.at)}
    return Line(str(channel), capfirst(str(channel.label)), ICONS[channel], found, detail)


@adds_warnings(*KEYS)
def warn(record: Any, user: Any) -> list[tuple[str, str]]:
    """By the columns of the record itself: costs nothing."""
    refused = [one for one in ("email", "phone", "post") if getattr(record, f"{one}_marketing") == Stand.NO]
    if len(refused) == 3:
        return [("bad", _("Do not contact"))]
    words = {"email": _("No e-mails"), "phone": _("Do not call"), "post": _("No post")}
    return [("bad" if one == "phone" else "warn", words[one]) for one in refused]


@adds_warnings("lead")
def warn_of_informing(record: Any, user: Any) -> list[tuple[str, str]]:
    """Until when who came with a list has to be told of it."""
    until = due_on(record) if may_see(user) and record.is_open else None
    if until is None:
        return []
    return [("bad" if until < timezone.localdate() else "warn", _("To be informed by %(day)s") % {"day": date(until)})]


@adds_hindrances(*KEYS)
def hinder(record: Any, user: Any) -> dict[str, tuple[str, str]]:
    """Why the buttons to call and to write ask first: {"phone": (why, address of the dialog)}."""
    if not may_see(user):
        refused = {one: getattr(record, f"{one}_marketing") == Stand.NO for one in ("phone", "email")}
        found = {one: Answer(not no, "refused") for one, no in refused.items()}
    else:
        found = {one: answer(record, one) for one in (Channel.PHONE, Channel.EMAIL)}
    base = registry.of(record).url(record.pk, "consents", "before")
    return {
        str(one): (capfirst(said.why), f"{base}{one}/")
        for one, said in found.items()
        if said.code in ("refused", "by_address", "enrolled", "origin")
    }


@adds_menu(*KEYS)
def offer(record: Any, user: Any) -> list[MenuEntry]:
    if not (may_see(user) and user.rights.may("create", "consent")):
        return []
    url = registry.of(record).url(record.pk, "consents", "link")
    return [MenuEntry(_("Personal link for consents"), url, icon="link", dialog=True)]
