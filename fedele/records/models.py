from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.records.exchange.checked import Chunk  # noqa: F401 (their tables belong here)
from fedele.records.exchange.decided import Decision, Fix  # noqa: F401 (the same)
from fedele.records.exchange.marks import Mark  # noqa: F401 (the same)
from fedele.records.exchange.models import (  # noqa: F401 (their tables belong here)
    Import,
    Problem,
    RememberedMapping,
    SavedMapping,
)
from fedele.records.merging.models import MergedRecord, MovedRow  # noqa: F401 (the same)
from fedele.records.page.pins import Pin  # noqa: F401 (the same)
from fedele.records.tally.models import Tally  # noqa: F401 (the same)
from fedele.records.today.models import Arrangement  # noqa: F401 (the same)


class CustomField(models.Model):
    """A field of the company's own on a record type. Its values lie in the records' `custom` data under `key`."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        NUMBER = "number", _("number")
        MONEY = "money", _("money")
        DATE = "date", _("date")
        CHOICE = "choice", _("choice")
        MULTI = "multi", _("several choices")
        YESNO = "yesno", _("yes or no")
        LINK = "url", _("link")

    record_type = models.CharField(_("record type"), max_length=40)
    key = models.CharField(
        _("key"),
        max_length=40,
        validators=[
            RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Small letters, digits and underscores, starting with a letter."))
        ],
    )
    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TEXT)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    required = models.BooleanField(_("required"), default=False)
    help_text = models.CharField(_("help"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("custom field")
        verbose_name_plural = _("custom fields")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["record_type", "key"], name="custom_field_once")]

    def __str__(self) -> str:
        return self.label


class SavedView(models.Model):
    """A list as somebody wants to find it again: filters, sort, columns and layout, for themselves, a team or all."""

    class Scope(models.TextChoices):
        MINE = "mine", _("only me")
        TEAM = "team", _("my team")
        ALL = "all", _("everybody")

    record_type = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views")
    scope = models.CharField(_("for"), max_length=4, choices=Scope, default=Scope.MINE)
    team = models.ForeignKey("access.Team", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    #: The query string without page and selection.
    query = models.CharField(max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["record_type", "scope"])]

    def __str__(self) -> str:
        return self.name
