from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: What a link that dials may begin with.
SCHEMES = ("https", "http", "tel", "sip", "callto")
#: A call nobody reported on any more has ended after so long.
LONGEST = dt.timedelta(minutes=3)


def check_dial_url(value: str) -> None:
    """An address with a place for the number, and of a kind that cannot run anything in the page."""
    if urlsplit(value).scheme.lower() not in SCHEMES:
        raise ValidationError(_("The address has to begin with one of: %(kinds)s") % {"kinds": ", ".join(SCHEMES)})
    if "{number}" not in value or re.search(r"\{(?!number\}|extension\})", value) or re.search(r"[\s\"'<>\\]", value):
        raise ValidationError(
            _("Write {number} where the number goes and, if needed, {extension} for the caller’s own.")
        )


class Telephony(models.Model):
    """How this house telephones. One row."""

    dial_url = models.CharField(
        _("address that dials"),
        max_length=300,
        blank=True,
        validators=[check_dial_url],
        help_text=_(
            "Such as https://pbx.example/call?from={extension}&to={number}. Empty: the device's own telephone."
        ),
    )

    def __str__(self) -> str:
        return self.dial_url

    def link(self, number: str, extension: str) -> str:
        """The + of a number stays as it is only where it means one: in an address of the web it would be a space."""
        is_dialled = self.dial_url.startswith(("tel:", "sip:", "callto:"))
        filled = self.dial_url.replace("{number}", quote(number, safe="+" if is_dialled else ""))
        return filled.replace("{extension}", quote(extension, safe=""))


class Extension(models.Model):
    """At which number of the telephone system somebody is reached: their own, or that of a group they belong to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "user"], name="extension_once")]
        indexes = [models.Index(fields=["user"], name="extension_of_user")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class Call(models.Model):
    """One call as the telephone system tells of it. `call_id` is its name there: told twice it is one call."""

    call_id = models.CharField(max_length=120, unique=True)
    #: E.164, or as it came when it is no number; "" when it was withheld.
    number = models.CharField(max_length=40, blank=True)
    to = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)
    #: [["contact", 5], …]: whose number it is, whoever may see them.
    callers = models.JSONField(default=list)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    #: The activity that was planned because nobody answered.
    missed_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="call_received")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None or self.taken_by_id is not None


class Ring(models.Model):
    """A call on one person's screen."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_dismissed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="ring_once")]
        indexes = [models.Index(fields=["user", "-at"], name="ring_of_user")]

    def __str__(self) -> str:
        return str(self.call)


def ringing_for(user: Any) -> models.QuerySet[Ring]:
    """What this person's screen shows now, the newest first; what somebody else took is shown so for a while."""
    rings = Ring.objects.filter(user=user, at__gt=timezone.now() - LONGEST, is_dismissed=False, call__ended_at=None)
    return rings.select_related("call__taken_by").order_by("-at", "-pk")[:3]
