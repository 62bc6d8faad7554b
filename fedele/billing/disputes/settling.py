from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.base.verbs import verb


class DisputeState(models.TextChoices):
    OPEN = "open", pgettext_lazy("dispute", "open")
    REVIEW = "review", _("in review")
    AGREED = "agreed", pgettext_lazy("dispute", "agreed")
    CREDITED = "credited", _("credited")
    REJECTED = "rejected", pgettext_lazy("dispute", "rejected")
    CLOSED = "closed", pgettext_lazy("dispute", "closed")


#: Still asking for work; an agreed one until what was agreed is done.
LIVING = (DisputeState.OPEN, DisputeState.REVIEW, DisputeState.AGREED)


class Settleable(models.Model):
    """Open → in review → agreed, credited, rejected or closed. Each passage is dated here and told in the journal."""

    state = models.CharField(
        pgettext_lazy("dispute", "state"),
        max_length=8,
        choices=DisputeState,
        default=DisputeState.OPEN,
        editable=False,
    )
    review_on = models.DateField(_("in review since"), null=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    outcome = models.TextField(_("how it ended"), blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_living(self) -> bool:
        return self.state in LIVING

    @property
    def is_new(self) -> bool:
        return self.state == DisputeState.OPEN

    @property
    def can_agree(self) -> bool:
        return self.state in (DisputeState.OPEN, DisputeState.REVIEW)

    @property
    def is_over(self) -> bool:
        return self.state not in LIVING

    @property
    def is_late(self) -> bool:
        """Its next step was for a day gone by."""
        step: dt.date | None = self.next_step_on  # type: ignore[attr-defined]
        return self.is_living and step is not None and step < timezone.localdate()

    @verb(_("Take up"), when="is_new", bulk=True, icon="search-check", primary=True, done=_("In review"))
    def take_up(self) -> None:
        self.review_on = timezone.localdate()
        self._pass_to(DisputeState.REVIEW, "reviewed")

    @verb(
        _("Agree"),
        when="can_agree",
        icon="handshake",
        form="fedele.billing.disputes.forms.AgreeForm",
        done=_("Agreed"),
    )
    def agree(self, outcome: str = "") -> None:
        """With the customer; it stays among the open ones until what was agreed is done."""
        self.outcome = outcome or self.outcome
        self._pass_to(DisputeState.AGREED, "agreed", outcome=outcome)

    @verb(
        _("Credit"),
        when="is_living",
        icon="receipt",
        form="fedele.billing.disputes.forms.OutcomeForm",
        done=_("Closed with a credit"),
    )
    def credit(self, outcome: str) -> None:
        self._end(DisputeState.CREDITED, "credited", outcome)

    @verb(
        _("Reject"),
        when="is_living",
        icon="circle-x",
        form="fedele.billing.disputes.forms.OutcomeForm",
        done=_("Closed as rejected"),
    )
    def reject(self, outcome: str) -> None:
        self._end(DisputeState.REJECTED, "rejected", outcome)

    @verb(
        pgettext_lazy("dispute", "Close"),
        when="is_living",
        bulk=True,
        icon="circle-check",
        form="fedele.billing.disputes.forms.AgreeForm",
        done=pgettext_lazy("dispute", "Closed"),
    )
    def close(self, outcome: str = "") -> None:
        self._end(DisputeState.CLOSED, "closed", outcome)

    @verb(pgettext_lazy("dispute", "Reopen"), when="is_over", icon="rotate-ccw", done=_("Open again"))
    def reopen(self) -> None:
        self.closed_on = None
        self._pass_to(DisputeState.OPEN, "reopened")

    def _end(self, state: DisputeState, kind: str, outcome: str) -> None:
        self.closed_on, self.outcome = timezone.localdate(), outcome or self.outcome
        self._pass_to(state, kind, outcome=outcome)

    def _pass_to(self, state: DisputeState, kind: str, **data: str) -> None:
        with transaction.atomic():
            self.state = state
            self.save(kind=kind, data=data)
