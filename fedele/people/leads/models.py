from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.base.models import Record, listed
from fedele.people.address import Addressed
from fedele.people.assignment.verbs import Assignable
from fedele.people.consents.consenting import Consenting, Informed
from fedele.people.identity.fields import EmailField, PhoneField, VatNumberField, check_identity
from fedele.people.leads.conversion import Convertible
from fedele.people.leads.life import Living
from fedele.people.lists.origin import Originated


class Source(models.TextChoices):
    LIST = "list", _("bought list")
    FAIR = "fair", _("fair")
    WEB = "web", _("web form")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone call")
    NEWSLETTER = "newsletter", _("newsletter")
    PRESS = "press", _("press")
    REFERRAL = "referral", _("word of mouth")
    EVENT = "event", _("event")
    OTHER = "other", _("other")


class Lead(Living, Convertible, Assignable, Consenting, Informed, Originated, Addressed, Record):
    """A name that may become a customer."""

    numbering = "NO-{n:05}"
    timeline_of = ("company", "contact")

    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    company_name = models.CharField(_("company"), max_length=300, blank=True)
    job = models.CharField(_("job"), max_length=120, blank=True)
    email = EmailField(_("e-mail"), blank=True)
    phone = PhoneField(_("phone"), blank=True)
    mobile = PhoneField(_("mobile"), blank=True)
    vat_number = VatNumberField(_("VAT number"), blank=True)
    website = models.CharField(_("web site"), max_length=300, blank=True)
    sector = models.CharField(_("sector"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=12, choices=Source, default=Source.OTHER)
    interest = models.CharField(_("interested in"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        indexes = [
            listed("lead_stage", "stage", "created_at", "id"),
            listed("lead_owner", "owner", "stage"),
            listed("lead_team", "team", "stage"),
            listed("lead_name", "last_name", "first_name", "id"),
            listed("lead_company", "company_name", "id"),
            listed("lead_updated", "updated_at", "id"),
            listed("lead_created", "created_at", "id"),
            listed("lead_province", "province", "stage"),
            models.Index(fields=["email"], name="lead_email", condition=~models.Q(email="")),
            models.Index(fields=["phone"], name="lead_phone", condition=~models.Q(phone="")),
            models.Index(fields=["mobile"], name="lead_mobile", condition=~models.Q(mobile="")),
            models.Index(
                fields=["created_at"],
                name="lead_to_inform",
                condition=models.Q(source="list", informed_on=None, trashed_at=None),
            ),
            listed("lead_origin", "origin_list", "stage"),
        ]

    def __str__(self) -> str:
        return self.person or self.company_name or self.email or self.phone or str(self.number)

    @property
    def person(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def call_number(self) -> str:
        return self.mobile or self.phone

    def clean(self) -> None:
        super().clean()
        if not (self.last_name or self.company_name or self.email or self.phone):
            raise ValidationError({"last_name": _("Give at least a last name, a company, an e-mail or a phone.")})
        if problems := check_identity(self):
            raise ValidationError(problems)
