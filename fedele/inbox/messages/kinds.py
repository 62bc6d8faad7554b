from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a message is. The codes are those of `fedele mail explain`."""

    MESSAGE = "message", _("message")
    LIST = "list", _("newsletter or list")
    AUTO_REPLY = "auto_reply", _("automatic reply")
    OUT_OF_OFFICE = "out_of_office", _("out-of-office reply")
    AUTOMATIC = "automatic", _("written by a machine")
    HARD_BOUNCE = "hard_bounce", _("undeliverable")
    SOFT_BOUNCE = "soft_bounce", _("not delivered for now")
    POLICY_BOUNCE = "policy_bounce", _("refused by a rule of the receiver")
    DELAY = "delay", _("notice of delay")
    COMPLAINT = "complaint", _("complaint")
    READ_RECEIPT = "read_receipt", _("read receipt")
    INVITATION = "invitation", _("invitation")
    PEC = "pec", _("PEC message")
    PEC_ACCEPTANCE = "pec_acceptance", _("PEC: accepted")
    PEC_DELIVERY = "pec_delivery", _("PEC: delivered")
    PEC_REFUSAL = "pec_refusal", _("PEC: not accepted")
    PEC_FAILURE = "pec_failure", _("PEC: not delivered")
    PEC_ANOMALY = "pec_anomaly", _("PEC: anomaly")


#: What a person wrote; everything else asks nothing of anybody.
WRITTEN = frozenset({Kind.MESSAGE, Kind.INVITATION, Kind.PEC, Kind.PEC_ANOMALY})

#: What other servers tell of our mail.
REPORTS = frozenset(
    {
        Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.POLICY_BOUNCE, Kind.DELAY, Kind.COMPLAINT, Kind.READ_RECEIPT,
        Kind.PEC_ACCEPTANCE, Kind.PEC_DELIVERY, Kind.PEC_REFUSAL, Kind.PEC_FAILURE,
    }
)  # fmt: skip


class Direction(models.TextChoices):
    IN = "in", pgettext_lazy("mail", "received")
    OUT = "out", pgettext_lazy("mail", "sent")


class State(models.TextChoices):
    #: Came in: waits for somebody, stands on a record, or was put aside.
    PARKED = "parked", pgettext_lazy("mail", "to sort")
    FILED = "filed", pgettext_lazy("mail", "filed")
    IGNORED = "ignored", pgettext_lazy("mail", "put aside")
    #: Goes out.
    DRAFT = "draft", pgettext_lazy("mail", "draft")
    QUEUED = "queued", pgettext_lazy("mail", "about to be sent")
    SENDING = "sending", pgettext_lazy("mail", "being sent")
    SENT = "sent", pgettext_lazy("mail", "sent")
    #: The server had the whole message and did not say whether it took it.
    UNCERTAIN = "uncertain", pgettext_lazy("mail", "perhaps sent")
    FAILED = "failed", pgettext_lazy("mail", "not sent")
    BOUNCED = "bounced", pgettext_lazy("mail", "came back")
