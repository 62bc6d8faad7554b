from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(models.TextChoices):
    PROSPECT = "prospect", pgettext_lazy("phase", "prospect")
    FIRST = "first", _("first-time buyer")
    RENEWAL = "renewal", _("renewal customer")
    LOYAL = "loyal", _("loyal customer")
    RISK = "risk", _("at risk")
    LOST = "lost", _("lost customer")


TONES = {
    Phase.PROSPECT: "", Phase.FIRST: "info", Phase.RENEWAL: "info", Phase.LOYAL: "ok", Phase.RISK: "bad", Phase.LOST: "warn",
}  # fmt: skip
#: Without a purchase only these have a phase. Of somebody called a customer of whom none is known, nothing is known either.
PROSPECTS = ("prospect",)


class Phased(models.Model):
    """What a company carries of its life cycle, so that lists can be filtered by it. Written by `settling` alone."""

    phase = models.CharField(
        _("phase of the life cycle"), max_length=8, choices=Phase, blank=True, default=Phase.PROSPECT, editable=False
    )
    phase_since = models.DateField(_("in this phase since"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def settle(self):  # type: ignore[no-untyped-def]
        if self._state.adding and self.phase in ("", Phase.PROSPECT):
            self.phase = Phase.PROSPECT if self.kind in PROSPECTS else ""  # type: ignore[attr-defined]
        return super().settle()  # type: ignore[misc]
