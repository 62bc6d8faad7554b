"""What can be looked at, each with a verdict and, when it is bad, what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from fedele import __version__
from fedele.config.checks import of_migrations, of_settings
from fedele.journal.models import Entry
from fedele.search.figures import statistics
from fedele.tasks.claims import LEASE
from fedele.tasks.models import Worker
from fedele.ui.amounts import number
from fedele.ui.moments import ago


@dataclass(frozen=True)
class Finding:
    label: Any
    value: str
    #: "ok", "warn" or "bad"
    level: str = "ok"
    note: Any = ""


def version() -> Finding:
    if of_migrations():
        return Finding(
            _("Version"), __version__, "bad", _("The database is of an older version. Run “fedele migrate”.")
        )
    return Finding(_("Version"), __version__)


def database() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            name, size = cursor.fetchone()
            engine = f"PostgreSQL {name.split()[0]}"
        else:
            cursor.execute(
                "SELECT sqlite_version(), page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            )
            name, size = cursor.fetchone()
            engine = f"SQLite {name}"
    return Finding(_("Database"), f"{engine} · {in_bytes(size)}")


def search() -> Finding:
    found = sum(statistics()["documents"].values())
    text = ngettext("%(num)s record in the index", "%(num)s records in the index", found) % {"num": number(found)}
    return Finding(_("Search index"), text)


def worker() -> Finding:
    alive = Worker.objects.filter(seen_at__gt=timezone.now() - LEASE).count()
    if settings.TASKS["default"]["BACKEND"] != "django_tasks_db.DatabaseBackend":
        return Finding(_("Worker"), _("another engine does the work"))
    if alive:
        return Finding(_("Worker"), ngettext("%(num)s is running", "%(num)s are running", alive) % {"num": alive})
    return Finding(
        _("Worker"), _("none is running"), "bad", _("Mail, imports and exports wait. Start “fedele worker”.")
    )


def jobs() -> Finding:
    waiting = DBTaskResult.objects.filter(status="READY").count()
    since = timezone.now() - timedelta(days=1)
    failed = DBTaskResult.objects.filter(status="FAILED", finished_at__gte=since).count()
    text = _("%(waiting)s waiting, %(failed)s failed since yesterday") % {
        "waiting": number(waiting),
        "failed": number(failed),
    }
    note = _("The log of the worker says why.") if failed else ""
    return Finding(_("Jobs"), text, "warn" if failed else "ok", note)


def mail() -> Finding:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Finding(_("Mail"), f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    note = _("Set FEDELE_EMAIL_URL, or nobody gets an invitation or a notice.")
    return Finding(_("Mail"), _("no mail server: written to files only"), "warn", note)


def backup() -> Finding:
    last = Entry.objects.filter(record_type="backup", record_id=0).order_by("-at").first()
    note = _("Let “fedele backup” run every night, and try “fedele restore” once.")
    if last is None:
        return Finding(_("Backup"), _("none made yet"), "warn", note)
    late = last.at < timezone.now() - timedelta(days=8)
    return Finding(_("Backup"), f"{ago(last.at)} · {last.title}", "warn" if late else "ok", note if late else "")


def disk() -> Finding:
    here = Path(settings.DATA_DIR)
    usage = shutil.disk_usage(here if here.exists() else "/")
    share = usage.free / usage.total
    text = _("%(free)s free of %(total)s") % {"free": in_bytes(usage.free), "total": in_bytes(usage.total)}
    if share > 0.1 or usage.free > 20 * 1024**3:
        return Finding(_("Disk"), text)
    return Finding(_("Disk"), text, "bad" if share < 0.03 else "warn", _("When it is full, nothing can be saved."))


def address() -> Finding:
    unsafe = [one.setting for one in of_settings() if one.is_error]
    if settings.DEMO or settings.DEBUG or settings.TESTING:
        return Finding(
            _("Address"), settings.SITE_URL, "warn", _("This is a demo or trial installation: not for real data.")
        )
    if unsafe:
        return Finding(
            _("Address"), settings.SITE_URL, "bad", _("Settings to fix: %(names)s") % {"names": ", ".join(unsafe)}
        )
    return Finding(_("Address"), settings.SITE_URL)


CHECKS: tuple[Callable[[], Finding], ...] = (version, address, database, search, worker, jobs, mail, backup, disk)


def findings() -> list[Finding]:
    return [check() for check in CHECKS]


def in_bytes(size: int) -> str:
    amount, unit = float(size), "B"
    for unit in ("B", "KiB", "MiB", "GiB", "TiB"):
        if amount < 1024 or unit == "TiB":
            break
        amount /= 1024
    return f"{number(amount, 0 if unit == 'B' else 1)} {unit}"
