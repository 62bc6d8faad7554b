from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import Refused, verb
from fedele.journal.models import Entry
from fedele.sales.processes.models import Process, Stage


class Staged(models.Model):
    """Where the opportunity stands in its sales process, since when, and the history of its passages with times."""

    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="opportunities", verbose_name=_("process"), editable=False
    )
    stage = models.ForeignKey(
        Stage,
        on_delete=models.PROTECT,
        related_name="opportunities",
        verbose_name=_("stage"),
        blank=True,
        db_index=False,
    )
    stage_since = models.DateTimeField(_("in this stage since"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def days_in_stage(self) -> int:
        return (timezone.now() - self.stage_since).days

    @property
    def is_stalled(self) -> bool:
        """Longer in its stage than the stage usually takes."""
        return self.outcome == "open" and self.days_in_stage > self.stage.expected_days  # type: ignore[attr-defined]

    def settle_stage(self) -> dict[str, Any] | None:
        """A new opportunity starts at the first stage of the default process; a stage always brings its process.

        Another stage than the stored one, by whatever door, is a passage: dated, with the stage's usual probability unless
        another was given. Returns what the entry tells of it, None when the stage stays.
        """
        read = getattr(self, "_read", None)
        if read and self.stage_id and read.get("stage_id") == self.stage_id:
            return None
        try:
            stage = self.stage
        except ObjectDoesNotExist:
            stage = self.stage = Process.default().stages.order_by("position", "id")[0]
        self.process_id = stage.process_id
        if self._state.adding and self.probability is None:  # type: ignore[attr-defined]
            self.probability = stage.probability
        if not read or read.get("stage_id") is None:
            return None
        since = read["stage_since"]
        if self.stage_since == since:
            self.stage_since = timezone.now()
        if self.probability == read["probability"] and self.outcome == "open":  # type: ignore[attr-defined]
            self.probability = stage.probability
        before = Stage.objects.filter(pk=read["stage_id"]).values_list("name", flat=True).first()
        return {"from": before or "…", "stage": stage.name, "seconds": int((self.stage_since - since).total_seconds())}

    @verb(
        _("Move to stage"),
        when="is_open",
        bulk=True,
        icon="move-right",
        key="s",
        form="fedele.sales.opportunities.forms.StageForm",
        done=_("Moved"),
    )
    def move(self, stage: Stage) -> None:
        """To another stage of the same process; the probability follows the stage."""
        if stage.process_id != self.process_id:
            raise Refused(_("“%(stage)s” is a stage of another sales process.") % {"stage": stage})
        if stage.pk == self.stage_id:
            return
        with transaction.atomic():
            self.stage = stage
            self.save()

    def passages(self) -> list[dict[str, Any]]:
        """Every stage it has been in, oldest first: {"stage", "since", "until", "seconds"}. What was taken back never was."""
        entries = Entry.objects.filter(record_type="opportunity", record_id=self.pk, undone_by=None).exclude(
            kind="opportunity.undone"
        )
        moves = entries.filter(models.Q(changes__has_key="stage") | models.Q(kind="opportunity.moved"))
        rows, since = [], self.created_at  # type: ignore[attr-defined]
        found = list(moves.order_by("at", "id").values_list("data", "changes", "at"))
        names = dict(
            Stage.objects.filter(
                pk__in={key for _data, changes, _at in found for key in changes.get("stage", ()) if key}
            ).values_list("pk", "name")
        )
        for data, changes, at in found:
            name = names.get(changes["stage"][0], "…") if "stage" in changes else data.get("from", "…")
            rows.append({"stage": name, "since": since, "until": at, "seconds": int((at - since).total_seconds())})
            since = at
        rows.append(
            {
                "stage": self.stage.name,
                "since": since,
                "until": None,
                "seconds": int((timezone.now() - since).total_seconds()),
            }
        )
        return rows
