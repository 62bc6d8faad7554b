"""Rules, areas, and the log of what was handed out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class How(models.TextChoices):
    """To whom a rule gives what it holds for."""

    PERSON = "person", _("one person")
    AREA = "area", _("whoever has the area")
    ROTATION = "rotation", _("a team, in turn")
    LOAD = "load", _("a team, who has fewest open")
    CAPACITY = "capacity", _("a team, who has most room left")
    QUEUE = "queue", _("nobody: the queue")


#: Of these the rule names a group.
GROUPS = (How.ROTATION, How.LOAD, How.CAPACITY)


class Given(models.TextChoices):
    """Which records rules can be about."""

    LEAD = "lead", _("leads")
    COMPANY = "company", _("companies")
    CONTACT = "contact", _("contacts")


class Rule(models.Model):
    """One line of the list of rules. All its conditions must hold; the first rule that does decides."""

    name = models.CharField(_("name"), max_length=80)
    record_type = models.CharField(_("for new"), max_length=40, choices=Given, default=Given.LEAD)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("in force"), default=True)
    #: Conditions in the filter language of the lists, each `f=field.operator:values`; all must hold.
    query = models.TextField(blank=True)
    #: Codes of provinces; with none the rule holds anywhere.
    provinces = models.JSONField(default=list, blank=True)
    postcodes = models.CharField(
        _("postcodes"), max_length=300, blank=True, help_text=_("Ranges or beginnings: 20100-20199, 25")
    )
    how = models.CharField(pgettext_lazy("assignment rule", "to"), max_length=10, choices=How, default=How.AREA)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("person"),
    )  # fmt: skip
    team = models.ForeignKey(
        "access.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("team")
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("only these people")
    )
    line = models.CharField(_("table of areas"), max_length=60, blank=True)
    most_open = models.PositiveIntegerField(_("open names a person may have"), null=True, blank=True)
    #: Whose turn was last.
    last = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("assignment rule")
        verbose_name_plural = _("assignment rules")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """Whose a province is; by line of products where a company divides them so."""

    #: The key of all countries but Italy.
    ABROAD = "abroad"

    line = models.CharField(_("table of areas"), max_length=60, blank=True)
    province = models.CharField(_("province"), max_length=10)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("sales rep")
    )

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [models.UniqueConstraint(fields=["line", "province"], name="area_once")]

    def __str__(self) -> str:
        return f"{self.province}: {self.user}"


class Handout(models.Model):
    """One name given to one person: by which rule, in whose place. What limits, notices and the load view count."""

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    absent = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    rule = models.ForeignKey(Rule, null=True, on_delete=models.SET_NULL, related_name="+")
    #: What the rule was called then.
    reason = models.CharField(max_length=80, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_told = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="handout_of_user"),
            models.Index(fields=["user"], name="handout_untold", condition=Q(is_told=False)),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}: {self.user_id}"
