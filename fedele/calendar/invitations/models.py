from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(models.TextChoices):
    NONE = "", _("not answered")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "declined")


class Invitation(models.Model):
    """Where an activity came from: the appointment of somebody else's calendar, as last heard of."""

    activity = models.OneToOneField("calendar.Activity", on_delete=models.CASCADE, related_name="invitation")
    #: Whose calendar it was brought into; the same appointment may reach two colleagues.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uid = models.CharField(max_length=255, editable=False)
    #: Of one appointment of a series, the moment it was first planned for; "" for the whole.
    recurrence = models.CharField(max_length=32, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    organizer = models.CharField(_("invited by"), max_length=254, blank=True, editable=False)
    #: The address that was invited; the reply goes out in its name.
    attendee = models.CharField(max_length=254, blank=True, editable=False)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [models.UniqueConstraint(fields=["user", "uid", "recurrence"], name="invitation_once")]

    def __str__(self) -> str:
        return self.uid
