from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Forecastable(models.Model):
    """How likely it is and by when; weighted amount = amount × probability ÷ 100."""

    probability = models.PositiveSmallIntegerField(
        _("probability, %"),
        blank=True,
        null=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Empty: the usual one of the stage."),
    )
    closes_on = models.DateField(_("expected close"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def weighted_amount(self) -> Decimal:
        return (self.amount * (self.probability or 0) / 100).quantize(Decimal("0.01"))  # type: ignore[attr-defined]

    @property
    def is_late(self) -> bool:
        return self.outcome == "open" and self.closes_on is not None and self.closes_on < timezone.localdate()  # type: ignore[attr-defined]
