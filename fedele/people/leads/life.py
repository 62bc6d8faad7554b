from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import verb


class LeadStage(models.TextChoices):
    SUSPECT = "suspect", _("suspect")
    LEAD = "lead", _("to work")
    HOT = "hot", _("hot")
    COLD = "cold", _("cold")
    CONVERTED = "converted", _("converted")
    DEAD = "dead", _("dead")


class DeadReason(models.TextChoices):
    NO_NEED = "no_need", _("no need")
    COMPETITOR = "competitor", _("chose a competitor")
    UNREACHABLE = "unreachable", _("cannot be reached")
    WRONG = "wrong", _("wrong data")
    CEASED = "ceased", _("ceased trading")
    REFUSED = "refused", _("asked to be left alone")


#: The stages a lead still asks for work in.
OPEN_STAGES = (LeadStage.SUSPECT, LeadStage.LEAD, LeadStage.HOT, LeadStage.COLD)


class Living(models.Model):
    """Suspect → lead → hot → (cold ⇄) → converted or dead. Each passage is dated here and told in the journal."""

    stage = models.CharField(_("stage"), max_length=10, choices=LeadStage, default=LeadStage.SUSPECT, editable=False)
    stage_since = models.DateTimeField(_("in this stage since"), default=timezone.now, editable=False)
    dead_reason = models.CharField(_("why it died"), max_length=12, choices=DeadReason, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def is_suspect(self) -> bool:
        return self.stage == LeadStage.SUSPECT

    @property
    def can_warm(self) -> bool:
        return self.stage in (LeadStage.SUSPECT, LeadStage.LEAD, LeadStage.COLD)

    @property
    def can_cool(self) -> bool:
        return self.stage in (LeadStage.LEAD, LeadStage.HOT)

    @property
    def is_dead(self) -> bool:
        return self.stage == LeadStage.DEAD

    @verb(_("Showed interest"), when="is_suspect", bulk=True, icon="sprout", done=_("Now among the leads to work"))
    def qualify(self) -> None:
        self._pass_to(LeadStage.LEAD, "qualified")

    @verb(_("Mark as hot"), when="can_warm", bulk=True, icon="flame", done=_("Marked as hot"))
    def warm(self) -> None:
        self._pass_to(LeadStage.HOT, "warmed")

    @verb(_("Mark as cold"), when="can_cool", bulk=True, icon="snowflake", done=_("Set aside to be cultivated"))
    def cool(self) -> None:
        self._pass_to(LeadStage.COLD, "cooled")

    @verb(
        _("Close as dead"),
        when="is_open",
        bulk=True,
        icon="circle-off",
        form="fedele.people.leads.forms.DeadForm",
        done=_("Closed as dead"),
    )
    def kill(self, reason: str) -> None:
        self.dead_reason = reason
        self._pass_to(LeadStage.DEAD, "died", reason=reason)

    @verb(_("Bring back"), when="is_dead", icon="rotate-ccw", done=_("Back among the cold leads"))
    def revive(self) -> None:
        self.dead_reason = ""
        self._pass_to(LeadStage.COLD, "revived")

    def _pass_to(self, stage: LeadStage, kind: str, **data: str) -> None:
        with transaction.atomic():
            before = self.stage
            self.stage, self.stage_since = stage, timezone.now()
            self.save(kind=kind, data={"from": before, "to": str(stage), **data})
