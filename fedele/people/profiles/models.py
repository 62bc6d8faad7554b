from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.base.models import Record, listed
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.people.profiles.keeping import Keepable
from fedele.people.profiles.kinds import FactKind, Source, value_of


class Said(models.Model):
    """Something said of, or with, a company, one of its people, or a lead: by whom, when, and where we have it from.

    Its owner is the colleague who heard it and its team their department.
    """

    company = models.ForeignKey(
        Company,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("company"),
        db_index=False,
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("contact")
    )
    lead = models.ForeignKey(
        Lead, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+", verbose_name=_("lead")
    )
    said_by = models.CharField(_("said by"), max_length=120, blank=True)
    source = models.CharField(_("heard in"), max_length=8, choices=Source, blank=True)

    class Meta:
        abstract = True

    def clean_about(self) -> None:
        if not (self.company_id or self.contact_id or self.lead_id or self.company):  # type: ignore[attr-defined]
            raise ValidationError({"company": _("Say of which company, contact or lead.")})

    def settle_about(self) -> None:
        """What is said of somebody is said of their company too."""
        if self.company_id is None and self.contact is not None:  # type: ignore[attr-defined]
            self.company_id = self.contact.company_id  # type: ignore[attr-defined]


class Observation(Said, Record):
    """A dated, sourced saying about a customer. The newest of a kind holds; those before it stay."""

    numbering = "OS-{n:06}"
    timeline_of = ("company", "contact", "lead")

    kind = models.CharField(_("kind"), max_length=12, choices=FactKind, default=FactKind.NEED)
    text = models.CharField(_("what we know"), max_length=300)
    #: Read out of the text: money a year, a share, a level 1 to 3, a mark 1 to 5.
    value = models.DecimalField(_("figure"), max_digits=14, decimal_places=2, null=True, editable=False)
    noted_on = models.DateField(_("heard on"), default=timezone.localdate)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        indexes = [
            listed("observation_noted", "noted_on", "id"),
            listed("observation_company", "company", "noted_on"),
            listed("observation_kind", "kind", "value", "id"),
            listed("observation_text", "text", "id"),
            listed("observation_owner", "owner", "noted_on"),
            listed("observation_team", "team", "noted_on"),
            listed("observation_updated", "updated_at", "id"),
            listed("observation_created", "created_at", "id"),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        self.clean_about()

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        self.settle_about()
        self.value = value_of(self.kind, self.text)
        return None


class Side(models.TextChoices):
    US = "us", pgettext_lazy("promised by", "us")
    THEM = "them", pgettext_lazy("promised by", "the customer")


class Agreement(Keepable, Said, Record):
    """What was agreed with a customer, formally or not: who promised what, until when, and whether it was kept."""

    numbering = "AC-{n:05}"
    timeline_of = ("company", "contact", "lead")

    subject = models.CharField(_("what was agreed"), max_length=300)
    side = models.CharField(_("promised by"), max_length=4, choices=Side, default=Side.US)
    formal = models.BooleanField(_("in writing"), default=False)
    made_on = models.DateField(_("agreed on"), default=timezone.localdate)
    due_on = models.DateField(_("until"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        indexes = [
            listed("agreement_due", "due_on", "id"),
            listed("agreement_company", "company", "state", "due_on"),
            listed("agreement_state", "state", "due_on"),
            listed("agreement_subject", "subject", "id"),
            listed("agreement_owner", "owner", "state", "due_on"),
            listed("agreement_team", "team", "state", "due_on"),
            listed("agreement_made", "made_on", "id"),
            listed("agreement_updated", "updated_at", "id"),
            listed("agreement_created", "created_at", "id"),
        ]

    def __str__(self) -> str:
        return self.subject

    def clean(self) -> None:
        super().clean()
        self.clean_about()

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        self.settle_about()
        return None


class Asked(models.Model):
    """A kind of fact this company wants to know of every customer; without any row the usual ones are asked."""

    kind = models.CharField(max_length=12, choices=FactKind, unique=True)

    def __str__(self) -> str:
        return str(FactKind(self.kind).label)
