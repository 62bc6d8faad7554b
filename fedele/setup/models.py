from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from fedele.people.address import Addressed
from fedele.people.identity import check_identity
from fedele.people.identity.fields import PhoneField, TaxCodeField, VatNumberField


class Company(Addressed):
    """The company that runs this installation. There is one row, or none before anybody filled it in."""

    name = models.CharField(_("name"), max_length=120, help_text=_("Appears at the top of every page."))
    vat_number = VatNumberField(_("VAT number"), blank=True)
    tax_code = TaxCodeField(_("tax code"), blank=True)
    phone = PhoneField(_("phone"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web site"), blank=True, max_length=200)
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("Proposed for new users."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default=settings.CURRENCY,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, such as EUR."))],
        help_text=_("Shown beside amounts. Amounts already recorded are not converted."),
    )
    fiscal_year_start = models.PositiveSmallIntegerField(
        _("fiscal year begins in"), default=1, choices=list(MONTHS.items())
    )

    class Meta:
        verbose_name = _("company data")
        verbose_name_plural = _("company data")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if problems := check_identity(self):
            raise ValidationError(problems)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> Company:
        """The row, or an unsaved one with the settings of the installation."""
        return cls.objects.first() or cls()
