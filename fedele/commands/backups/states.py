"""What version of the tables a database has, whether somebody works in it, and what waits in it to be done."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from fedele.commands.failing import Failed

#: Jobs of a restored installation wait for ever, until somebody says that they shall run.
PARKED_UNTIL = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)


def applied_migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def require_known(migrations: list[list[str]]) -> None:
    known = MigrationExecutor(connection).loader.disk_migrations
    unknown = [f"{app}.{name}" for app, name in migrations if (app, name) not in known]
    if unknown:
        raise Failed(f"The backup was made by a newer or another version of Fedele (it has {unknown[-1]}).")


def migrate_to(migrations: list[list[str]]) -> None:
    """Makes the tables as they were when `migrations` had been applied."""
    executor, wanted = MigrationExecutor(connection), {(app, name) for app, name in migrations}
    everything = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    plan = [(step, backwards) for step, backwards in everything if (step.app_label, step.name) in wanted]
    executor.migrate(targets=None, plan=plan)


def is_in_use() -> bool:
    from fedele.access.models import User

    table = User._meta.db_table
    return table in connection.introspection.table_names() and User.objects.exists()


def park_jobs() -> int:
    """Mail must not go out a second time because a backup was restored. Returns how many jobs were parked."""
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"))
    return waiting.update(status="READY", run_after=PARKED_UNTIL, started_at=None)


def release_jobs() -> int:
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.filter(status="READY", run_after=PARKED_UNTIL).update(run_after=timezone.now())
