from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.ui.moments import date

#: After this long somebody may try again.
FORGOTTEN = dt.timedelta(days=365)


class UnreachableQuerySet(models.QuerySet["Unreachable"]):
    def for_good(self) -> Self:
        """Where nobody is written to. The others were full or busy lately, and are counted."""
        return self.filter(since__gte=timezone.now() - FORGOTTEN)

    def among(self, addresses: Iterable[str]) -> dict[str, Unreachable]:
        """Of these addresses, as they were typed, those where nobody is written to."""
        typed = {one.lower(): one for one in addresses}
        return {typed[one.address]: one for one in self.for_good().filter(address__in=typed)} if typed else {}


class Unreachable(models.Model):
    """An address that mail came back from."""

    address = models.CharField(max_length=254, unique=True)
    #: Since when nobody is written to there; None while it only could not take mail now and then.
    since = models.DateTimeField(null=True)
    #: What the server said last.
    said = models.CharField(max_length=300, blank=True)
    #: How often in a row it could not take mail, when last, and when a letter left that has not come back so far.
    softs = models.PositiveSmallIntegerField(default=0)
    soft_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = UnreachableQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("unreachable address")
        verbose_name_plural = gettext_lazy("unreachable addresses")

    def __str__(self) -> str:
        return self.address

    @property
    def why(self) -> str:
        """In words, with the day: stands at the field and on the contact's page."""
        told = {"address": self.address, "day": date(self.since), "said": self.said}
        if self.softs:
            return _("%(address)s could not take mail again and again, last on %(day)s: %(said)s") % told
        if not self.said:
            return _("Mail to %(address)s came back on %(day)s.") % told
        return _("Mail to %(address)s came back on %(day)s: %(said)s") % told
