from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import Refused, verb


class Outcome(models.TextChoices):
    OPEN = "open", _("open")
    WON = "won", _("won")
    LOST = "lost", _("lost")


class LossReason(models.TextChoices):
    PRICE = "price", _("price")
    COMPETITOR = "competitor", _("competitor's product")
    TIMING = "timing", _("delivery time")
    POSTPONED = "postponed", _("project postponed or dropped")
    NO_ANSWER = "no_answer", _("no answer any more")
    FEATURES = "features", _("missing feature")
    OTHER = "other", _("other")


class Winnable(models.Model):
    """An opportunity is open until it is won or lost. Either can be undone, and both remember when and why."""

    outcome = models.CharField(_("outcome"), max_length=4, choices=Outcome, default=Outcome.OPEN, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    loss_reason = models.CharField(_("why it was lost"), max_length=12, choices=LossReason, blank=True, editable=False)
    competitor = models.CharField(_("competitor"), max_length=120, blank=True)
    outcome_note = models.TextField(_("how it ended"), blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.outcome == Outcome.OPEN

    @property
    def is_closed(self) -> bool:
        return self.outcome != Outcome.OPEN

    @verb(
        _("Win"),
        when="is_open",
        bulk=True,
        icon="trophy",
        key="w",
        primary=True,
        form="fedele.sales.opportunities.forms.WinForm",
        done=_("Won. Well done!"),
    )
    def win(self, note: str = "") -> None:
        with transaction.atomic():
            self._close(Outcome.WON, note)
            self.save(kind="won", data={"amount": str(self.amount), "currency": self.currency, "note": note})
            self.company.become_customer(opportunity=str(self.number))

    @verb(
        _("Lose"),
        when="is_open",
        bulk=True,
        icon="circle-x",
        form="fedele.sales.opportunities.forms.LoseForm",
        done=_("Closed as lost"),
    )
    def lose(self, reason: str, competitor: str = "", note: str = "") -> None:
        if reason == LossReason.OTHER and not note:
            raise Refused(_("Say in the note what the other reason was."))
        with transaction.atomic():
            self._close(Outcome.LOST, note)
            self.loss_reason, self.competitor = reason, competitor or self.competitor
            self.save(
                kind="lost", data={"amount": str(self.amount), "reason": reason, "competitor": competitor, "note": note}
            )

    @verb(_("Reopen"), when="is_closed", icon="rotate-ccw", done=_("Open again"))
    def reopen(self) -> None:
        with transaction.atomic():
            self.outcome, self.closed_on, self.loss_reason, self.outcome_note = Outcome.OPEN, None, "", ""
            self.probability = self.stage.probability
            self.save(kind="reopened")

    def _close(self, outcome: Outcome, note: str) -> None:
        self.outcome, self.closed_on, self.outcome_note = outcome, timezone.localdate(), note
        self.probability = 100 if outcome == Outcome.WON else 0
