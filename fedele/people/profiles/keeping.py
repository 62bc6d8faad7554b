from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.base.verbs import verb


class AgreementState(models.TextChoices):
    OPEN = "open", pgettext_lazy("agreement", "open")
    KEPT = "kept", pgettext_lazy("agreement", "kept")
    BROKEN = "broken", pgettext_lazy("agreement", "broken")


class Keepable(models.Model):
    """Open until it is kept or broken; either is dated, told in the journal and can be taken back."""

    state = models.CharField(
        pgettext_lazy("agreement", "state"),
        max_length=6,
        choices=AgreementState,
        default=AgreementState.OPEN,
        editable=False,
    )
    settled_on = models.DateField(_("kept or broken on"), null=True, editable=False)
    outcome = models.CharField(_("how it went"), max_length=500, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state == AgreementState.OPEN

    @property
    def is_settled(self) -> bool:
        return self.state != AgreementState.OPEN

    @property
    def is_overdue(self) -> bool:
        due = self.due_on  # type: ignore[attr-defined]
        return self.is_open and due is not None and due < timezone.localdate()

    @verb(
        pgettext_lazy("agreement", "Kept"),
        when="is_open",
        bulk=True,
        icon="circle-check",
        primary=True,
        done=_("Noted as kept"),
    )
    def keep(self) -> None:
        self._settle(AgreementState.KEPT, "kept")

    @verb(
        pgettext_lazy("agreement", "Broken"),
        when="is_open",
        icon="circle-x",
        form="fedele.people.profiles.forms.BrokenForm",
        done=_("Noted as broken"),
    )
    def fail(self, outcome: str) -> None:
        self._settle(AgreementState.BROKEN, "broken", outcome)

    @verb(
        pgettext_lazy("agreement", "Give more time"), when="is_open", bulk=True, icon="calendar-clock",
        form="fedele.people.profiles.forms.MoreTimeForm", done=_("Put off"),
    )  # fmt: skip
    def put_off(self, day: dt.date) -> None:
        with transaction.atomic():
            self.due_on = day
            self.save(kind="put_off", data={"day": day.isoformat()})

    @verb(pgettext_lazy("agreement", "Open again"), when="is_settled", icon="rotate-ccw", done=_("Open again"))
    def reopen(self) -> None:
        with transaction.atomic():
            self.state, self.settled_on, self.outcome = AgreementState.OPEN, None, ""
            self.save(kind="reopened")

    def _settle(self, state: AgreementState, kind: str, outcome: str = "") -> None:
        with transaction.atomic():
            self.state, self.settled_on, self.outcome = state, timezone.localdate(), outcome
            self.save(kind=kind, data={"outcome": outcome})
