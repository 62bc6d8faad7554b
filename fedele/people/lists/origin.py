"""Where a name came from, and whether that allows to contact it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.models import RecordQuerySet
from fedele.people.lists.models import ListState, PurchasedList


class OriginQuerySet(RecordQuerySet):
    def contactable(self) -> Self:
        """Without the names of lists that are not ready, have expired, or were thrown away. Consents are another matter."""
        today = timezone.localdate()
        lists = PurchasedList.objects.filter(trashed_at=None, state=ListState.READY).filter(
            Q(valid_until=None) | Q(valid_until__gte=today)
        )
        return self.filter(Q(origin_list=None) | Q(origin_list__in=lists))


class Originated(models.Model):
    """Came with a list of names, or with none."""

    origin_list = models.ForeignKey(
        PurchasedList,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        db_index=False,  # each model has one that begins with it
        related_name="+",
        verbose_name=_("list of origin"),
        help_text=_("Kept from the first import; it decides whether this name may be contacted."),
    )

    objects = OriginQuerySet.as_manager()

    #: The list it was on before the write that moves it to another, for those who count; `...` when it stays.
    left_list: Any = ...

    class Meta:
        abstract = True

    def settle(self) -> Any:
        before = getattr(self, "_read", {}).get("origin_list_id", self.origin_list_id)
        if before != self.origin_list_id:
            self.left_list = before
        return super().settle()  # type: ignore[misc]

    @property
    def origin_allows_contact(self) -> bool:
        """A name of no list is our own."""
        return self.origin_list is None or self.origin_list.is_contactable
