"""On which record a document lies: who sees that record sees it, and it follows the record everywhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.journal.acting import acting
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead

#: The customers a document may lie on, the nearest first.
CUSTOMERS = ("contact", "lead", "company")


class Lying(models.Model):
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents",
        verbose_name=_("company"), db_index=False,
    )  # fmt: skip
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents",
        verbose_name=_("contact"), db_index=False,
    )  # fmt: skip
    lead = models.ForeignKey(
        Lead, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents",
        verbose_name=_("lead"), db_index=False,
    )  # fmt: skip
    #: The record it lies on, which says who may see it; "" for none.
    about_type = models.CharField(max_length=40, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, editable=False)
    #: Whose that record is: who may see it is told from here.
    about_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    about_team = models.ForeignKey(
        "access.Team", null=True, editable=False, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        abstract = True

    def lie_on(self, record: Any) -> None:
        """Before it is stored for the first time."""
        self.about_type, self.about_id = record.record_type, record.pk
        if record.record_type in CUSTOMERS:
            setattr(self, record.record_type, record)
        self.company_id = self.company_id or getattr(record, "company_id", None)
        self.about_owner_id, self.about_team_id = record.owner_id, record.team_id

    def timelines(self) -> list[tuple[str, int]]:
        """Also of the record it lies on, where that is no customer."""
        about = [(self.about_type, self.about_id)] if self.about_type and self.about_id else []
        return list(dict.fromkeys([*super().timelines(), *about]))  # type: ignore[misc]

    def settle_place(self) -> None:
        """Moved to another customer it is seen by whom that one is. Who added it looks after it, unless somebody else does."""
        read = getattr(self, "_read", None) or {}
        moved = {name for name in CUSTOMERS if getattr(self, f"{name}_id") != read.get(f"{name}_id")}
        if moved and self.about_type in ("", *CUSTOMERS):
            self._settle_customer()
        if not read and self.owner_id is None and acting().door == "screen":
            self.owner = acting().user

    def _settle_customer(self) -> None:
        nearest = next((name for name in CUSTOMERS if getattr(self, f"{name}_id")), "")
        record = getattr(self, nearest) if nearest else None
        self.about_type, self.about_id = nearest, record.pk if record else None
        self.about_owner_id, self.about_team_id = (record.owner_id, record.team_id) if record else (None, None)
        if record is not None:
            self.company_id = self.company_id or getattr(record, "company_id", None)
