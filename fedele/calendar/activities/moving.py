"""An activity is moved: to another day or time, to another length, to a colleague; by dragging it, or by a form."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused

#: Minutes of an activity that has a time and no length.
USUAL = 30


class Movable(models.Model):
    class Meta:
        abstract = True

    @property
    def length(self) -> int:
        """Minutes it takes up on the calendar."""
        return self.minutes or USUAL  # type: ignore[attr-defined,no-any-return]

    def move_to(self, day: dt.date, at: str = "", minutes: int | None = None, owner: Any = None) -> None:
        """One act, without time and length if none is given. Whoever else gets it is asked, as when it is handed over."""
        if not self.is_planned:  # type: ignore[attr-defined]
            raise Refused(_("Only what is planned can be moved."))
        self.due_on, self.due_at = day, at
        self.minutes = minutes
        for name in ("due_at", "minutes"):
            self._checked(name)
        if owner is not None and owner.pk != self.owner_id:  # type: ignore[attr-defined]
            self.owner = owner
            self.settle_asking()  # type: ignore[attr-defined]
            self.save(kind="handed_over", data={"owner": str(owner)})  # type: ignore[call-arg]
        else:
            self.save(kind="postponed", data={"day": day.isoformat(), **({"at": at} if at else {})})  # type: ignore[call-arg]

    def _checked(self, name: str) -> None:
        field = self._meta.get_field(name)
        try:
            setattr(self, name, field.clean(getattr(self, name), self))  # type: ignore[union-attr]
        except ValidationError as wrong:
            raise ValidationError({name: wrong.messages}) from wrong
