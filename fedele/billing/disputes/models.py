from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.house import currency
from fedele.base.models import Record, listed
from fedele.billing.disputes.settling import Settleable
from fedele.calendar.stepping import Stepping
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact


class DisputeReason(models.TextChoices):
    PRICE = "price", _("price or terms")
    GOODS = "goods", _("goods damaged or wrong")
    MISSING = "missing", _("not or not all delivered")
    QUALITY = "quality", _("quality of product or work")
    SERVICE = "service", _("hours or interventions charged")
    PAYMENT = "payment", _("payment not found")
    DOCUMENT = "document", _("error in the document")
    OTHER = "other", _("other")


class Dispute(Settleable, Stepping, Record):
    """A disagreement about money with a customer."""

    numbering = "CT-{year}-{n:03}"
    timeline_of = ("company",)

    subject = models.CharField(_("subject"), max_length=200)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("company"), db_index=False
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("who disputes it"),
    )
    reason = models.CharField(_("reason"), max_length=12, choices=DisputeReason, default=DisputeReason.OTHER)
    amount = models.DecimalField(
        _("disputed amount"), max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, default=currency, editable=False)
    opened_on = models.DateField(_("opened on"), default=timezone.localdate)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        indexes = [
            listed("dispute_subject", "subject", "id"),
            listed("dispute_company", "company", "state", "amount"),
            listed("dispute_board", "state", "amount", "id"),
            listed("dispute_owner", "owner", "state", "next_step_on"),
            listed("dispute_team", "team", "state"),
            listed("dispute_steps", "next_step_on", "id"),
            listed("dispute_opened", "opened_on", "id"),
            listed("dispute_amount", "amount", "id"),
            listed("dispute_closed", "closed_on", "id"),
            listed("dispute_updated", "updated_at", "id"),
            listed("dispute_created", "created_at", "id"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_going_on(self) -> bool:
        return self.is_living

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        if self._state.adding and self.owner_id is None and self.company_id:
            self.owner_id, self.team_id = self.company.owner_id, self.company.team_id
        return None
