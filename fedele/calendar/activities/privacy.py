"""A private activity: colleagues, those who lead and administrators too, learn that somebody is busy, and nothing else."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.access.private import may_be_private
from fedele.base.verbs import Refused
from fedele.journal.acting import acting

may_be_private("activity")


class Private(models.Model):
    private = models.BooleanField(
        _("private"), default=False, help_text=_("Colleagues see only that you are busy, and when.")
    )

    class Meta:
        abstract = True

    @property
    def entry_title(self) -> str:
        """The journal keeps no word of it."""
        return str(self.number or "–") if self.private else str(self)  # type: ignore[attr-defined]

    def check_privacy(self) -> None:
        """Only for oneself: what is asked of a colleague, or by one, is no secret from them. Raises ValidationError."""
        if not self.private:
            return
        user = acting().user
        if self.owner_id is None or (user is not None and user.pk != self.owner_id):  # type: ignore[attr-defined]
            raise ValidationError({"private": _("Only what is your own can be private.")})
        if self.asked_by_id not in (None, self.owner_id):  # type: ignore[attr-defined]
            raise ValidationError({"private": _("A colleague asked for it and waits for it: it cannot be private.")})

    def refuse_if_private(self) -> None:
        """Raises Refused: who is given it would have to see it."""
        if self.private:
            raise Refused(_("What is private is given to nobody: first take the mark away."))
