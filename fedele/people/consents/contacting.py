"""May this person be contacted? For one, with the reason; for a list, in one statement. Both answer alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.people.consents import addresses
from fedele.people.consents.people import customers, is_customer
from fedele.people.consents.purposes import MAIN, purposes
from fedele.people.consents.register.models import CheckedNumber, RegisterRule
from fedele.people.consents.standing import State, address_state, look_up
from fedele.people.consents.words import ANY, Basis, Channel, Stand

WHY = {
    "given": _("agreed"),
    "interest": _("has not refused"),
    "soft_spam": _("is a customer and has not refused"),
    "contract": _("needed for the contract"),
    "refused": _("refused"),
    "by_address": _("this address was refused"),
    "not_asked": _("has not agreed yet"),
    "no_address": _("no address"),
    "unused": _("not used for this purpose"),
    "origin": _("its list does not allow it"),
    "unchecked": _("the number has not been checked in the register of oppositions"),
    "enrolled": _("the number is in the register of oppositions"),
}
#: Country whose register it is: numbers abroad are not in it.
REGISTERED = "+39"


@dataclass(frozen=True)
class Answer:
    """`code` is one of WHY; `at` and `source` tell of the consent or refusal it rests on."""

    allowed: bool
    code: str
    at: Any = None
    source: str = ""

    @property
    def why(self) -> str:
        return str(WHY[self.code])

    @property
    def is_unknown(self) -> bool:
        """Nobody refused: one has only to ask, or to check."""
        return self.code in ("not_asked", "unchecked")


def may_contact(who: Any, channel: str, purpose: str = MAIN) -> Answer:
    """`who` is a record, or an e-mail address or telephone number as it is stored. Looked up at this moment: ask before each act.

    LookupError for a purpose that does not exist or is no longer in use.
    """
    if isinstance(who, str):
        return _of_address(who, channel, purpose)
    states = look_up(who.record_type, [who])[who.pk] if who.pk else {}
    return answer_for(who, channel, purpose, states)


def answer_for(
    record: Any, channel: str, purpose: str, states: dict[tuple[str, str], State], checked: Any = ...
) -> Answer:
    """The rule. `checked`: what the register said of the number to call, if that is known already."""
    ground = purposes()[purpose]
    basis = ground.basis(channel)
    if not basis:
        return Answer(False, "unused")
    if not addresses.has_address(record, channel):
        return Answer(False, "no_address")
    if basis == Basis.CONTRACT:
        return Answer(True, "contract")
    if not record.origin_allows_contact:
        return Answer(False, "origin")
    now = states.get((channel, purpose)) or states.get((channel, ANY))
    if now is not None and now.stand == Stand.NO:
        return Answer(False, "by_address" if now.by_address else "refused", now.at, now.source)
    given = now is not None
    if basis == Basis.CONSENT and not given:
        if not (channel == Channel.EMAIL and ground.soft_spam and is_customer(record)):
            return Answer(False, "not_asked")
        return Answer(True, "soft_spam")
    if channel == Channel.PHONE and (barred := _barred(record, now, checked)):
        return Answer(False, barred)
    return Answer(True, "given", now.at, now.source) if now is not None else Answer(True, "interest")


def _barred(record: Any, now: State | None, checked: Any) -> str:
    """Why the register forbids this call; "" when it does not."""
    number = record.call_number
    if not number.startswith(REGISTERED) or is_customer(record):
        return ""
    if checked is ...:
        checked = CheckedNumber.objects.filter(number=number).first()
    if checked is None or checked.checked_at < freshest():
        return "unchecked"
    later = now is not None and checked.counts_from is not None and now.at >= checked.counts_from
    return "enrolled" if checked.is_enrolled and not later else ""


def freshest() -> dt.datetime:
    """Answers of the register from before this moment are too old."""
    return timezone.now() - dt.timedelta(days=RegisterRule.valid_days())


def _of_address(address: str, channel: str, purpose: str) -> Answer:
    from fedele.people.consents.models import Suppression

    basis = purposes()[purpose].basis(channel)
    if basis in ("", Basis.CONTRACT):
        return Answer(bool(basis), "contract" if basis else "unused")
    key = f"email:{address.lower()}" if "@" in address else f"phone:{address.partition(';')[0]}"
    rows = Suppression.objects.filter(hash=addresses.hash_of(key), channel=channel).order_by("id")
    if (refused := address_state(rows, purpose)) is not None:
        return Answer(False, "by_address", refused.at, refused.source)
    if basis == Basis.CONSENT:
        return Answer(False, "not_asked")
    if channel == Channel.PHONE and address.startswith(REGISTERED):
        checked = CheckedNumber.objects.filter(number=address).first()
        if checked is None or checked.checked_at < freshest():
            return Answer(False, "unchecked")
        if checked.is_enrolled:
            return Answer(False, "enrolled")
    return Answer(True, "interest")


# --- for a list -----------------------------------------------------------------------------------------------------


def contactable(queryset: Any, channel: str, purpose: str = MAIN, *, checked: bool = True) -> Any:
    """Those of a list who may be contacted now. `checked=False` leaves the register out, for who is about to ask it."""
    ground, model = purposes()[purpose], queryset.model
    basis = ground.basis(channel)
    if not basis:
        return queryset.none()
    found = queryset.filter(_reachable(model, channel))
    if basis == Basis.CONTRACT:
        return found
    found = found.contactable().annotate(_stand=Coalesce(_standing(model, channel, purpose, "stand"), Value("")))
    found = found.exclude(_stand=Stand.NO)
    if basis == Basis.CONSENT:
        allowed = Q(_stand=Stand.YES)
        if channel == Channel.EMAIL and ground.soft_spam:
            allowed |= customers(model)
        found = found.filter(allowed)
    return _not_barred(found, channel, purpose) if channel == Channel.PHONE and checked else found


def _standing(model: Any, channel: str, purpose: str, name: str) -> Any:
    """What a record's standing says; its own for the purpose before that for all."""
    from fedele.people.consents.models import Standing

    rows = Standing.objects.filter(
        record_type=model.record_type, record_id=OuterRef("pk"), channel=channel, purpose__in=(purpose, ANY)
    )
    return Subquery(rows.order_by("-purpose").values(name)[:1])


def _reachable(model: Any, channel: str) -> Q:
    names = {field.name for field in model._meta.concrete_fields}
    email, phone = ~Q(email=""), ~Q(phone="")
    phone = phone | ~Q(mobile="") if "mobile" in names else phone
    match channel:
        case Channel.EMAIL | Channel.TRACKING:
            return email
        case Channel.PHONE:
            return phone
        case Channel.MESSAGE:
            return ~Q(mobile="") if "mobile" in names else phone
        case Channel.POST:
            named = ~Q(last_name="") if "last_name" in names else ~Q(name="")
            named = named | ~Q(company_name="") if "company_name" in names else named
            return named & ~Q(street="") & ~Q(postcode="")
    return email | phone


def dialled(model: Any) -> Any:
    """The number `call_number` gives, in a statement."""
    if "mobile" not in {field.name for field in model._meta.concrete_fields}:
        return F("phone")
    return Case(When(~Q(mobile=""), then=F("mobile")), default=F("phone"), output_field=CharField())


def _not_barred(found: Any, channel: str, purpose: str) -> Any:
    model = found.model
    found = found.annotate(_number=dialled(model), _said_at=_standing(model, channel, purpose, "at"))
    good = CheckedNumber.objects.filter(number=OuterRef("_number"), checked_at__gte=freshest())
    free = good.filter(Q(is_enrolled=False) | Q(counts_from__lte=OuterRef("_said_at")))
    return found.filter(~Q(_number__startswith=REGISTERED) | customers(model) | Exists(free))
