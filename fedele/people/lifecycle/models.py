from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.people.companies.models import Company
from fedele.people.lifecycle.phases import Phase
from fedele.people.lifecycle.rules import LifeCycleRules


class LifeCycle(models.Model):
    """Of each company that ever bought: the facts its phase rests on, and the day to look at it again."""

    company = models.OneToOneField(Company, primary_key=True, on_delete=models.CASCADE, related_name="life_cycle")
    facts = models.JSONField(default=dict)
    reason = models.JSONField(default=dict)
    #: Time alone may change the phase on this day.
    due_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("life cycle")
        verbose_name_plural = _("life cycles")
        indexes = [models.Index(fields=["due_on"], name="lifecycle_due", condition=models.Q(due_on__isnull=False))]

    def __str__(self) -> str:
        return f"{self.company_id}"


class Passage(models.Model):
    """A company went into a phase on a day. Worked out from the facts, so that it never says what they do not."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="passages", db_index=False)
    phase = models.CharField(max_length=8, choices=Phase)
    day = models.DateField()
    reason = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("passage of the life cycle")
        verbose_name_plural = _("passages of the life cycle")
        indexes = [
            models.Index(fields=["company", "day"], name="passage_company"),
            models.Index(fields=["phase", "day"], name="passage_phase"),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.phase} {self.day}"


__all__ = ["LifeCycle", "LifeCycleRules", "Passage"]
