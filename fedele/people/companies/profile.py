from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Size(models.TextChoices):
    MICRO = "micro", _("1–9 people")
    SMALL = "small", _("10–49 people")
    MEDIUM = "medium", _("50–249 people")
    LARGE = "large", _("250 people and more")


class Level(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")


class Profiled(models.Model):
    """What the company is like as a customer: business, habits, needs, potential. Every department may fill it in."""

    sector = models.CharField(_("sector"), max_length=160, blank=True)
    size = models.CharField(_("size"), max_length=8, choices=Size, blank=True)
    business = models.CharField(_("nature of the business"), max_length=200, blank=True)
    purchase_habits = models.TextField(_("purchase habits"), blank=True)
    payment_habits = models.CharField(_("payment habits"), max_length=200, blank=True)
    needs = models.TextField(_("needs"), blank=True)
    growth_potential = models.CharField(_("growth potential"), max_length=8, choices=Level, blank=True)
    share_of_wallet = models.PositiveSmallIntegerField(
        _("share of wallet, %"), null=True, blank=True, help_text=_("Our share of what it spends on what we sell.")
    )
    readiness = models.CharField(_("readiness to extend the relation"), max_length=8, choices=Level, blank=True)

    class Meta:
        abstract = True
