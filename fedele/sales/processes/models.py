from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class Process(models.Model):
    """A sales process [iter]: what a company sells in one way, with one sequence of stages."""

    name = models.CharField(_("name"), max_length=80)
    is_default = models.BooleanField(_("default"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("sales process")
        verbose_name_plural = _("sales processes")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def default(cls) -> Process:
        return cls.objects.order_by("-is_default", "position", "id").first() or install_default()


class Stage(models.Model):
    """A stage [fase]: where an opportunity stands, how likely it usually is there, how long it usually stays."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="stages", verbose_name=_("process"))
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    probability = models.PositiveSmallIntegerField(_("probability, %"), default=10)
    expected_days = models.PositiveSmallIntegerField(_("usual length, days"), default=14)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["process", "position", "id"]

    def __str__(self) -> str:
        return self.name


#: name, probability in per cent, usual length in days
DEFAULT_STAGES = (
    (_("Qualification"), 10, 14),
    (_("Needs analysis"), 25, 21),
    (_("Quote"), 50, 21),
    (_("Negotiation"), 75, 14),
    (_("Order"), 90, 7),
)


def install_default(**_kwargs: object) -> Process:
    """A usable process from the first minute; the company renames and extends it."""
    # Migrations run without a language, and these names stay: they are written in that of the installation.
    with translation.override(settings.LANGUAGE_CODE):
        process, created = Process.objects.get_or_create(is_default=True, defaults={"name": str(_("Direct sale"))})
        if created:
            Stage.objects.bulk_create(
                Stage(process=process, name=str(name), position=at, probability=probability, expected_days=days)
                for at, (name, probability, days) in enumerate(DEFAULT_STAGES)
            )
    return process
