"""What becomes of one notice on its way out, by mail or to a device: handed over once at the most."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    #: Stored before the other side is given the text. What stays so after a crash may or may not have arrived.
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Uncertain")
    FAILED = "failed", _("Failed")
    #: When it was due, it had been read, could not be seen any more or was too old.
    DROPPED = "dropped", _("Not needed")
