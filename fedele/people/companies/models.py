from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.base.models import Record, listed
from fedele.people.address import Addressed
from fedele.people.companies.groups import Grouped
from fedele.people.companies.profile import Profiled
from fedele.people.consents.consenting import Consenting
from fedele.people.identity.fields import (
    EmailField,
    IbanField,
    PecField,
    PhoneField,
    SdiCodeField,
    TaxCodeField,
    VatNumberField,
    check_identity,
)
from fedele.people.lifecycle.phases import Phased
from fedele.people.lists.origin import Originated


class Kind(models.TextChoices):
    PROSPECT = "prospect", _("prospect")
    CUSTOMER = "customer", _("customer")
    FORMER = "former", _("former customer")
    SUPPLIER = "supplier", _("supplier")
    PARTNER = "partner", _("partner")
    AGENT = "agent", _("agent or distributor")


class Company(Grouped, Profiled, Consenting, Phased, Originated, Addressed, Record):
    """An organisation we deal with."""

    numbering = "AZ-{n:05}"
    timeline_of = ("parent",)

    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PROSPECT)
    vat_number = VatNumberField(_("VAT number"), blank=True)
    tax_code = TaxCodeField(_("tax code"), blank=True)
    phone = PhoneField(_("phone"), blank=True)
    email = EmailField(_("e-mail"), blank=True)
    pec = PecField(_("certified mail (PEC)"), blank=True)
    sdi_code = SdiCodeField(_("SDI code"), blank=True)
    iban = IbanField(_("IBAN"), blank=True)
    website = models.CharField(_("web site"), max_length=300, blank=True)
    key_account = models.BooleanField(_("key account"), default=False)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        indexes = [
            listed("company_name", "name", "id"),
            listed("company_owner", "owner", "name"),
            listed("company_team", "team", "name"),
            models.Index(fields=["vat_number"], name="company_vat", condition=~models.Q(vat_number="")),
            models.Index(fields=["tax_code"], name="company_tax", condition=~models.Q(tax_code="")),
            listed("company_province", "province", "name"),
            listed("company_kind", "kind", "name"),
            listed("company_phase", "phase", "name"),
            listed("company_watched", "owner", "phase", "phase_since"),
            listed("company_updated", "updated_at", "id"),
            listed("company_created", "created_at", "id"),
            models.Index(fields=["email"], name="company_email", condition=~models.Q(email="")),
            models.Index(fields=["phone"], name="company_phone", condition=~models.Q(phone="")),
            listed("company_origin", "origin_list", "name"),
            models.Index(fields=["parent"], name="company_parent", condition=models.Q(parent__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.clean_group()
        if problems := check_identity(self):
            raise ValidationError(problems)

    @property
    def call_number(self) -> str:
        return self.phone

    def become_customer(self, **data: Any) -> None:
        """The first sale makes a customer of a prospect; who already is one, or is a supplier too, stays as it is."""
        if self.kind in (Kind.PROSPECT, Kind.FORMER):
            self.kind = Kind.CUSTOMER
            self.save(kind="became_customer", data=data)
