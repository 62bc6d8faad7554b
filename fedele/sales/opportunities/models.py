from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.base.house import currency
from fedele.base.models import Record, listed
from fedele.calendar.stepping import Stepping
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.sales.opportunities.forecasting import Forecastable
from fedele.sales.opportunities.staging import Staged
from fedele.sales.opportunities.winning import Winnable


class Opportunity(Staged, Forecastable, Winnable, Stepping, Record):
    """A possible sale."""

    numbering = "TR-{year}-{n:04}"
    timeline_of = ("company", "contact", "lead")

    name = models.CharField(_("name"), max_length=200)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="opportunities", verbose_name=_("company"), db_index=False
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="opportunities",
        verbose_name=_("contact"),
    )
    lead = models.OneToOneField(
        Lead,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="opportunity",
        verbose_name=_("from the lead"),
    )
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, default=currency, editable=False)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    needs = models.TextField(_("needs"), blank=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        indexes = [
            listed("opportunity_amount", "amount", "id"),
            listed("opportunity_company", "company", "id"),
            listed("opportunity_board", "outcome", "stage", "amount", "id", "probability"),
            listed("opportunity_owner", "owner", "outcome", "stage", "amount", "id", "probability"),
            listed("opportunity_team", "team", "outcome", "stage", "amount", "id", "probability"),
            listed("opportunity_steps", "owner", "outcome", "next_step_on"),
            listed("opportunity_due", "owner", "outcome", "closes_on"),
            listed("opportunity_standing", "owner", "outcome", "stage", "stage_since"),
            listed("opportunity_results", "owner", "outcome", "closed_on", "amount"),
            listed("opportunity_closes", "closes_on", "id"),
            listed("opportunity_closed", "outcome", "closed_on"),
            listed("opportunity_name", "name", "id"),
            listed("opportunity_updated", "updated_at", "id"),
            listed("opportunity_created", "created_at", "id"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_going_on(self) -> bool:
        return self.is_open

    def clean(self) -> None:
        super().clean()
        if self.contact and self.company_id and self.contact.company_id not in (None, self.company_id):
            positions = self.contact.positions.filter(company_id=self.company_id)
            if not positions.exists():
                raise ValidationError({"contact": _("This person has no role in this company.")})

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        passage = self.settle_stage()
        return ("moved", passage) if passage else None
