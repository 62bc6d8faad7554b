"""`manage.py check`: a line of config/schedule.py that names no job, or a time that is none, speaks at start."""

from __future__ import annotations

from typing import Any

from cronsim import CronSim, CronSimError
from django.core.checks import CheckMessage, Error, register
from django.utils import timezone
from django.utils.module_loading import import_string

from fedele.tasks.jobs import Job


@register
def schedule_names_jobs(**_kwargs: Any) -> list[CheckMessage]:
    from fedele.config.schedule import JOBS

    return [
        Error(f"config/schedule.py: {wrong}", id="fedele.tasks.E001")
        for name, expression in JOBS.items()
        if (wrong := _wrong(name, expression))
    ]


def _wrong(name: str, expression: str) -> str:
    try:
        CronSim(expression, timezone.now())
        found = import_string(name)
    except (CronSimError, ImportError) as error:
        return f"{name} at {expression!r}: {error}"
    return "" if isinstance(found, Job) else f"{name} is not a @job"
