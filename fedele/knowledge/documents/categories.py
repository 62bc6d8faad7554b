from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.Model):
    """What documents are sorted by: contracts, drawings, photos. A company sets its own."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = pgettext_lazy("documents", "category")
        verbose_name_plural = _("categories of documents")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


USUAL = (
    _("Contract"),
    pgettext_lazy("category of documents", "Offer"),
    _("Drawing"),
    _("Photo"),
    pgettext_lazy("category of documents", "Report"),
    _("Manual"),
    _("Certificate"),
    _("Letter"),
)


def install_usual(**_kwargs: object) -> None:
    """The usual ones to begin with, in the language of the installation; afterwards they are the company's."""
    if Category.objects.exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        Category.objects.bulk_create(Category(name=str(name), position=at) for at, name in enumerate(USUAL))
