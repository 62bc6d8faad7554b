"""Lists of numbers to call leave the house only with a fresh answer of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from fedele.access.audit import Subject, audit
from fedele.base.verbs import Refused
from fedele.people.consents.contacting import REGISTERED, contactable, dialled, freshest
from fedele.people.consents.people import customers
from fedele.people.consents.purposes import MAIN
from fedele.people.consents.register.models import CheckedNumber
from fedele.people.consents.words import Channel

#: Where the numbers that are missing can be checked.
WAY_OUT = "/privacy/register/"


@dataclass(frozen=True)
class Release:
    """What may be called: `records` is a QuerySet, `left_out` how many of the list may not."""

    records: Any
    count: int
    left_out: int

    def numbers(self) -> Any:
        """(record id, number), in pieces: a list may be long."""
        return self.records.order_by("pk").values_list("pk", "_number").iterator(chunk_size=2000)


class Stale(Refused):
    """Numbers of the list have no answer of the register, or one that is too old."""

    def __init__(self, count: int) -> None:
        self.count, self.url = count, WAY_OUT
        said = ngettext(
            "%(num)s number has no valid check in the register of oppositions: check it, then ask again.",
            "%(num)s numbers have no valid check in the register of oppositions: check them, then ask again.",
            count,
        )
        super().__init__(said % {"num": count})


def unchecked(queryset: Any, purpose: str = MAIN) -> Any:
    """Those who could be called if only the register had been asked."""
    from django.db.models import Exists, OuterRef

    wanted = contactable(queryset, Channel.PHONE, purpose, checked=False).annotate(_number=dialled(queryset.model))
    fresh = CheckedNumber.objects.filter(number=OuterRef("_number"), checked_at__gte=freshest())
    return wanted.filter(_number__startswith=REGISTERED).exclude(customers(queryset.model)).exclude(Exists(fresh))


def release_phone_list(queryset: Any, purpose: str = MAIN) -> Release:
    """The numbers that may be called now; raises `Stale` as long as one of them was not checked in time.

    The release is part of the audit, and so is the refusal to release.
    """
    subject = Subject("calllist", 0, str(queryset.model._meta.verbose_name_plural))
    if missing := unchecked(queryset, purpose).count():
        audit("calllist.held_back", subject, count=missing)
        raise Stale(missing)
    found = contactable(queryset, Channel.PHONE, purpose)
    count = found.count()
    left_out = queryset.count() - count
    audit("calllist.released", subject, count=count, left_out=left_out)
    return Release(found, count, left_out)
