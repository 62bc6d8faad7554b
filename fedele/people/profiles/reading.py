"""What is known of a customer, newest first, agreements that are still open before all else: one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DecimalField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from fedele.people.profiles.keeping import AgreementState
from fedele.people.profiles.kinds import FactKind
from fedele.people.profiles.models import Agreement, Observation
from fedele.records.beforehand import asks_beforehand, may_have

#: Sayings looked at: the latest of each kind and those before it are among them unless somebody wrote a great deal.
MOST = 80
#: So many of a kind stand in a row.
IN_A_ROW = 5


@dataclass(frozen=True)
class Saying:
    """A row of the block: an observation, or an agreement."""

    type: str
    pk: int
    kind: str
    text: str
    value: Decimal | None
    said_by: str
    source: str
    day: dt.date
    until: dt.date | None
    state: str
    first_name: str | None
    last_name: str | None

    @property
    def by(self) -> str:
        return f"{self.first_name or ''} {self.last_name or ''}".strip()

    @property
    def is_past(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()


@dataclass
class Known:
    """The latest of a kind, how often it was said, and the figures of the last times, oldest first."""

    latest: Saying
    count: int = 1
    row: list[Decimal] = field(default_factory=list)


@dataclass
class Profile:
    agreements: list[Saying]
    known: dict[str, Known]
    #: Agreements kept and broken among those read.
    kept: int = 0
    broken: int = 0

    @property
    def late(self) -> list[Saying]:
        return [one for one in self.agreements if one.is_past]

    def missing(self, asked: list[str]) -> list[str]:
        """The kinds that are to be asked for: never said, or no longer valid."""
        return [kind for kind in asked if kind not in self.known or self.known[kind].latest.is_past]


def profile_of(about: Any, user: Any) -> Profile | None:
    """Read once for warnings and block of one page; None for who may see neither."""
    if "_profile" not in about.__dict__:
        about.__dict__["_profile"] = _read(about, user)
    return about.__dict__["_profile"]  # type: ignore[no-any-return]


@asks_beforehand("company", "contact", "lead")
def whether_known(record_type: Any) -> dict[str, Any]:
    agreed, noted = (
        Exists(model.objects.filter(**{record_type.key: OuterRef("pk")}, trashed_at=None))
        for model in (Agreement, Observation)
    )
    return {"profile": agreed | noted}


def _read(about: Any, user: Any) -> Profile | None:
    parts = []
    of = Q(**{about.record_type: about.pk})
    if user.rights.may("view", "agreement"):
        parts.append(_agreements(Agreement.objects.visible_to(user).filter(of)))
    if user.rights.may("view", "observation"):
        parts.append(_observations(Observation.objects.visible_to(user).filter(of)))
    if not parts:
        return None
    if not may_have(about, "profile"):
        return Profile([], {})
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return _sorted([Saying(*row[1:]) for row in rows.order_by("first_", "-day_", "-pk")[:MOST]])


_TEXT, _MONEY = CharField(), DecimalField(max_digits=14, decimal_places=2)


def _agreements(found: QuerySet[Any]) -> QuerySet[Any, Any]:
    return (
        found.order_by()
        .annotate(
            first_=Value(0, output_field=IntegerField()), type_=Value("agreement", output_field=_TEXT), kind_=F("side"),
            text_=F("subject"), value_=Value(None, output_field=_MONEY), day_=F("made_on"), until_=F("due_on"), state_=F("state"),
        )
        .values_list(*_COLUMNS)
    )  # fmt: skip


def _observations(found: QuerySet[Any]) -> QuerySet[Any, Any]:
    return (
        found.order_by()
        .annotate(
            first_=Value(1, output_field=IntegerField()), type_=Value("observation", output_field=_TEXT), kind_=F("kind"),
            text_=F("text"), value_=F("value"), day_=F("noted_on"), until_=F("valid_until"), state_=Value("", output_field=_TEXT),
        )
        .values_list(*_COLUMNS)
    )  # fmt: skip


_COLUMNS: tuple[Any, ...] = (
    "first_", "type_", "pk", "kind_", "text_", "value_", "said_by", "source", "day_", "until_", "state_",
    "owner__first_name", "owner__last_name",
)  # fmt: skip


def _sorted(sayings: list[Saying]) -> Profile:
    profile = Profile([], {})
    for one in sayings:
        if one.type == "agreement":
            profile.kept += one.state == AgreementState.KEPT
            profile.broken += one.state == AgreementState.BROKEN
            if one.state == AgreementState.OPEN:
                profile.agreements.append(one)
        elif one.kind in profile.known:
            profile.known[one.kind].count += 1
        else:
            profile.known[one.kind] = Known(one)
        if one.type == "observation" and one.value is not None and len(profile.known[one.kind].row) < IN_A_ROW:
            profile.known[one.kind].row.insert(0, one.value)
    profile.agreements.sort(key=lambda one: (one.until or dt.date.max, one.pk))
    order = list(FactKind.values)
    profile.known = dict(sorted(profile.known.items(), key=lambda pair: order.index(pair[0])))
    return profile
