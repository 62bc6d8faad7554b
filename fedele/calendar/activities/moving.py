"""An activity is moved: to another day or time, to another length, to a colleague; by dragging it, or by a form."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused


class Movable(models.Model):
    class Meta:
        abstract = True

    def move_to(
        self, day: dt.date, at: str = "", minutes: int | None = None, owner: Any = None, **further: Any
    ) -> None:
        """One act, without time and length if none is given. Whoever else gets it is asked, as when it is handed over.

        `until`: the last day, None for the first one; without it, it lasts as many days as before.
        `following`: of a series, all days to come move with it; otherwise this one alone does.
        """
        if not self.is_planned:  # type: ignore[attr-defined]
            raise Refused(_("Only what is planned can be moved."))
        with transaction.atomic():
            if not further.get("following"):
                self.leave_series()  # type: ignore[attr-defined]
            self._place(day, at, minutes, **{name: further[name] for name in ("until",) if name in further})
            self._give(owner)

    def _place(self, day: dt.date, at: str, minutes: int | None, **end: Any) -> None:
        self.shift_to(day)  # type: ignore[attr-defined]
        self.due_at, self.minutes = at, minutes
        if not self.spans and "until" not in end:  # type: ignore[attr-defined]
            # The length that was given counts, not an hour it was to end at.
            end = {"until": None}
        if "until" in end:
            self.until_on = end["until"]
            self.until_at = self.until_at if self.until_on else ""  # type: ignore[has-type]
        for name in ("due_at", "minutes"):
            self._checked(name)
        self.check_end()  # type: ignore[attr-defined]

    def _give(self, owner: Any) -> None:
        """Stored as handed over when it is somebody else's now, as postponed otherwise."""
        if owner is not None and owner.pk != self.owner_id:  # type: ignore[has-type]
            self.refuse_if_private()  # type: ignore[attr-defined]
            self.owner = owner
            self.settle_asking()  # type: ignore[attr-defined]
            self.save(kind="handed_over", data={"owner": str(owner)})  # type: ignore[call-arg]
            return
        said = {"day": self.due_on.isoformat(), **({"at": self.due_at} if self.due_at else {})}  # type: ignore[attr-defined]
        self.save(kind="postponed", data=said)  # type: ignore[call-arg]

    def move_date(self, date: dt.date, day: dt.date, at: str = "", minutes: int | None = None, **further: Any) -> Any:
        """A day of the series that is not planned yet, or with `following` it and all after it; returns what is planned now."""
        self.check_date(date)  # type: ignore[attr-defined]
        with transaction.atomic():
            one = self.again_on(date)  # type: ignore[attr-defined]
            one._place(day, at, minutes, **{name: further[name] for name in ("until",) if name in further})
            if further.get("following"):
                self.end_before(date)  # type: ignore[attr-defined]
            else:
                one.repeats, one.repeats_until, one.skips = "", None, []
                self.leave_out(date)  # type: ignore[attr-defined]
            one.save()
        return one

    def _checked(self, name: str) -> None:
        field = self._meta.get_field(name)
        try:
            setattr(self, name, field.clean(getattr(self, name), self))  # type: ignore[union-attr]
        except ValidationError as wrong:
            raise ValidationError({name: wrong.messages}) from wrong
