"""How a sales process is made, changed and deleted: with its stages, in one transaction, with a line in the audit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fedele.access.audit import audit, edited
from fedele.base.verbs import Refused
from fedele.sales.processes.models import Process, Stage


def told(process: Process) -> dict[str, Any]:
    """A process in words: {"name": …, "stages": ["Quote 50% 21", …]}."""
    stages = [
        f"{stage.name} {stage.probability}% {stage.expected_days}"
        for stage in process.stages.order_by("position", "id")
    ]
    return {_("name"): process.name, _("default"): process.is_default, _("stages"): stages}


def make(process: Process, like: Process) -> Process:
    """Stores a new process with a copy of the stages of `like`."""
    with transaction.atomic():
        process.position = Process.objects.count()
        process.save()
        Stage.objects.bulk_create(
            Stage(
                process=process,
                name=one.name,
                position=one.position,
                probability=one.probability,
                expected_days=one.expected_days,
            )
            for one in like.stages.all()
        )
        audit("process.added", process, like=like.name)
    return process


def change(process_form: Any, stages: Any, order: list[int], before: dict[str, Any]) -> Process:
    """Stores what the page sent. `order` is the place of each line: stages are renumbered by it."""
    with transaction.atomic():
        process: Process = process_form.save()
        if process.is_default:
            Process.objects.exclude(pk=process.pk).update(is_default=False)
        stages.save()
        kept = [form.instance for form in stages.forms if form.instance.pk and form not in stages.deleted_forms]
        by_place = sorted(kept, key=lambda stage: order.index(stage.pk) if stage.pk in order else len(order))
        for at, stage in enumerate(by_place):
            Stage.objects.filter(pk=stage.pk).update(position=at)
        edited("process.edited", process, before, told(Process.objects.get(pk=process.pk)))
    return process


def remove(process: Process) -> None:
    if reason := why_not(process):
        raise Refused(reason)
    with transaction.atomic():
        audit("process.removed", process, changes={name: [value, ""] for name, value in told(process).items()})
        process.delete()


def why_not(process: Process) -> str:
    if process.is_default:
        return _("This is the default process. Make another one the default first.")
    if count := process.opportunities.count():  # type: ignore[attr-defined]
        return _("Opportunities that go through this process, those in the trash included: %(count)s.") % {
            "count": count
        }
    return ""
