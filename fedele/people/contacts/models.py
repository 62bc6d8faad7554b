from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.models import Record, listed
from fedele.journal.models import Link
from fedele.people.address import Addressed
from fedele.people.companies.models import Company
from fedele.people.consents.consenting import Consenting
from fedele.people.identity.fields import EmailField, PhoneField, TaxCodeField, check_identity
from fedele.people.lists.origin import Originated


class Contact(Consenting, Originated, Addressed, Record):
    """A person we deal with."""

    numbering = "CO-{n:05}"
    timeline_of = ("company",)

    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    company = models.ForeignKey(
        Company,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contacts",
        verbose_name=_("company"),
        help_text=_("Where this person mainly works; further roles are added on the page."),
    )
    job = models.CharField(_("job"), max_length=120, blank=True)
    email = EmailField(_("e-mail"), blank=True)
    phone = PhoneField(_("phone"), blank=True)
    mobile = PhoneField(_("mobile"), blank=True)
    tax_code = TaxCodeField(_("tax code"), blank=True)
    preferred_channel = models.CharField(
        _("preferred channel"),
        max_length=8,
        blank=True,
        choices=[
            ("phone", _("phone")),
            ("email", _("e-mail")),
            ("visit", _("visit")),
            ("event", _("event")),
            ("webinar", _("webinar")),
            ("post", _("post")),
        ],
    )
    language = models.CharField(
        _("language"), max_length=5, blank=True, choices=[("it", _("Italian")), ("en", _("English"))]
    )
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [
            listed("contact_name", "last_name", "first_name", "id"),
            listed("contact_company", "company", "last_name"),
            listed("contact_owner", "owner", "last_name"),
            listed("contact_team", "team", "last_name"),
            models.Index(fields=["email"], name="contact_email", condition=~models.Q(email="")),
            listed("contact_updated", "updated_at", "id"),
            listed("contact_created", "created_at", "id"),
            models.Index(fields=["phone"], name="contact_phone", condition=~models.Q(phone="")),
            models.Index(fields=["mobile"], name="contact_mobile", condition=~models.Q(mobile="")),
            listed("contact_origin", "origin_list", "last_name"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def clean(self) -> None:
        super().clean()
        if problems := check_identity(self):
            raise ValidationError(problems)

    @property
    def call_number(self) -> str:
        return self.mobile or self.phone

    def work_at(self, company: Company, **details: Any) -> Role:
        """Gives this person one more role; the first company becomes the main one."""
        with transaction.atomic():
            role = Role.objects.create(contact=self, company=company, **details)
            if self.company_id is None:
                self.company = company
                self.save()
            self._tell_of_role("took_role", role)
        return role

    def leave(self, role: Role) -> None:
        """Ends a role today. The person stays, and so does that they once had it."""
        with transaction.atomic():
            role.until = timezone.localdate()
            role.save(update_fields=["until"])
            self._tell_of_role("left_role", role)

    def _tell_of_role(self, kind: str, role: Role) -> None:
        """Also on the timeline of that company, which need not be the person's main one."""
        entry = self.journal(kind, company=str(role.company), job=role.job)
        if role.company_id != self.company_id:
            Link.objects.create(
                entry=entry, record_type=role.company.record_type, record_id=role.company_id, at=entry.at
            )


class Role(models.Model):
    """What a person is in a company, from one day to another; the same person may be several things in several companies."""

    class Decision(models.TextChoices):
        DECIDES = "decides", _("decides")
        INFLUENCES = "influences", _("influences")
        USES = "uses", _("uses")
        BUYS = "buys", _("buys")
        BLOCKS = "blocks", _("blocks")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="positions", verbose_name=_("contact"))
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="positions", verbose_name=_("company"))
    job = models.CharField(_("job"), max_length=120, blank=True)
    decision = models.CharField(_("part in decisions"), max_length=10, choices=Decision, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["-since", "id"]

    def __str__(self) -> str:
        return f"{self.contact} – {self.company}"
