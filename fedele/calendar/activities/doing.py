"""An activity is done, written down, called off, handed over; its next step is set in the same act."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import Refused, verb
from fedele.calendar.activities.kinds import Kind, Outcome, State
from fedele.journal.acting import act_as, acting
from fedele.journal.writing import open_batch

#: What the next step takes over from the one it follows.
INHERITED = ("company_id", "contact_id", "lead_id", "about_type", "about_id", "owner_id", "team_id")
#: And what the next one of a series takes over besides.
REPEATED = (
    "kind", "subject", "due_on", "due_at", "minutes", "until_on", "until_at", "remind", "repeats", "repeats_until",
    "skips", "private", "urgent", "place", "purpose", "notes",
)  # fmt: skip


class Doable(models.Model):
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED, editable=False)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True, editable=False)
    report = models.TextField(_("report"), blank=True)
    done_at = models.DateTimeField(_("done on"), null=True, editable=False)

    class Meta:
        abstract = True

    @verb(
        _("Done"), when="is_planned", icon="check", key="c", primary=True,
        form="fedele.calendar.activities.forms.DoneForm", done=_("Done"),
    )  # fmt: skip
    def complete(
        self,
        outcome: str = "",
        report: str = "",
        next_kind: str = "",
        next_subject: str = "",
        next_on: dt.date | None = None,
        spent: int | None = None,
        kilometres: int | None = None,
        costs: Decimal | None = None,
    ) -> Any:
        """Done, with how it went; what repeats comes round again, and a next step is planned if one is named.

        Returns the next activity, or None. All of it is one act, undone as one.
        """
        with transaction.atomic():
            batch = acting().batch or open_batch("act", record_type="activity", title=self.entry_title)
            with act_as(batch=batch):
                self.state, self.outcome, self.done_at = State.DONE, outcome or Outcome.DONE, timezone.now()
                self.report = report or self.report
                for name, value in (("spent", spent), ("kilometres", kilometres), ("costs", costs)):
                    if value is not None:
                        setattr(self, name, value)
                self.seen_at = self.seen_at or self.done_at
                self.save(kind="done", data={"what": self.kind, "outcome": self.outcome})  # type: ignore[call-arg,attr-defined]
                again = self._come_again()
                named = next_subject or next_on or next_kind
                return self.follow_with(next_kind, next_subject, next_on) if named else again

    def follow_with(self, kind: str = "", subject: str = "", day: dt.date | None = None) -> Any:
        """The next step: of the same customer and the same person, a follow-up if nothing else is said."""
        step = type(self)(**{name: getattr(self, name) for name in INHERITED})
        step.kind, step.subject = kind or Kind.FOLLOW_UP, subject or self.subject  # type: ignore[attr-defined]
        step.due_on = day or timezone.localdate() + dt.timedelta(days=1)
        step.previous = self
        step.save()
        return step

    def _come_again(self) -> Any:
        day = self.comes_again_on()  # type: ignore[attr-defined]
        if day is None:
            return None
        again = self.again_on(day)
        again.save()
        return again

    def again_on(self, day: dt.date) -> Any:
        """The same on another day of its series, not yet stored."""
        again = type(self)(**{name: getattr(self, name) for name in (*INHERITED, *REPEATED)})
        again.skips = list(again.skips)
        again.shift_to(day)
        again.previous = self
        return again

    def leave_series(self) -> Any:
        """This one stands by itself from now on, and the next of the series is planned; returns that one, or None."""
        if not self.repeats:  # type: ignore[has-type]
            return None
        again = self._come_again()
        self.repeats, self.repeats_until, self.skips = "", None, []
        return again

    @verb(
        _("Call off"), when="is_planned", bulk=True, icon="calendar-x",
        form="fedele.calendar.activities.forms.CallOffForm", done=_("Called off"),
    )  # fmt: skip
    def call_off(self, reason: str = "") -> None:
        """It will not be done; a series ends with it."""
        self.state, self.done_at = State.OFF, timezone.now()
        self.save(kind="called_off", data={"reason": reason or "–"})  # type: ignore[call-arg]

    @verb(_("Plan again"), when="is_over", icon="rotate-ccw", done=_("Planned again"))
    def reopen(self) -> None:
        self.state, self.outcome, self.done_at = State.PLANNED, "", None
        self.save(kind="reopened")  # type: ignore[call-arg]

    @verb(
        _("Hand over"), when="is_planned", bulk=True, icon="forward",
        form="fedele.calendar.activities.forms.HandOverForm", done=_("Handed over"),
    )  # fmt: skip
    def hand_over(self, owner: Any, note: str = "") -> None:
        """Asks a colleague to do it; they say when they have seen it."""
        if owner.pk == self.owner_id:  # type: ignore[attr-defined]
            raise Refused(_("It is theirs already."))
        self.refuse_if_private()  # type: ignore[attr-defined]
        with transaction.atomic():
            if note:
                self.note(note)  # type: ignore[attr-defined]
            self.owner = owner
            self.settle_asking()  # type: ignore[attr-defined]
            self.save(kind="handed_over", data={"owner": str(owner)})  # type: ignore[call-arg]
