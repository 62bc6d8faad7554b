"""Today with a million activities in the base: the first view, the rest of its blocks, the side of the team."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from benchmarks.pages import timed
from fedele.demo.indexes import without_indexes

ACTIVITIES = 1_000_000
TABLE = "calendar_activity"
HTMX = {"HX-Request": "true"}
#: Of each hundred eight are planned, from ten days ago to seventy ahead; the others are done.
ROWS = """
INSERT INTO {table} ({columns})
WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count})
SELECT {values} FROM counted
"""


def fill() -> None:
    """Past the doors: only the database and its totals hear of these."""
    from fedele.calendar.models import Activity
    from fedele.people.models import Company
    from fedele.records.tally.keeping import install

    companies = Company.objects.count()
    owners = list(get_user_model().objects.filter(is_active=True).order_by("pk").values_list("pk", "team_id"))
    is_postgres = connection.vendor == "postgresql"
    # Spread by a multiplier that shares no factor with any of the counts: owner and day do not repeat together.
    dice = "CAST(CAST(n AS BIGINT) * 7919 % 1000003 AS INTEGER)"
    planned = f"({dice} % 100 < 8)"
    days = f"(CASE WHEN {planned} THEN {dice} % 80 - 10 ELSE -({dice} % 900) - 1 END)"
    day = f"(CURRENT_DATE + {days})" if is_postgres else f"date('now', {days} || ' days')"
    moment = (
        f"(CURRENT_TIMESTAMP + {days} * INTERVAL '1 day')" if is_postgres else f"datetime('now', {days} || ' days')"
    )
    owner, team = _in_turn([pk for pk, _team in owners]), _in_turn([key or "NULL" for _pk, key in owners])
    values = {
        **_blank(Activity, is_postgres), "number": "'BM-' || n", "owner_id": owner, "team_id": team,
        "version": "1", "custom": "'{}'",
        "created_at": moment, "updated_at": moment, "state": f"CASE WHEN {planned} THEN 'planned' ELSE 'done' END",
        "outcome": f"CASE WHEN {planned} THEN '' ELSE 'reached' END",
        "done_at": f"CASE WHEN {planned} THEN NULL ELSE {moment} END",
        "due_on": day, "kind": "CASE WHEN n % 2 = 0 THEN 'call' ELSE 'task' END", "subject": "'Misura ' || n",
        "company_id": f"1 + n % {companies}",
    }  # fmt: skip
    stop = f"ALTER TABLE {TABLE} DISABLE TRIGGER USER" if is_postgres else f"DROP TRIGGER tally_{TABLE}_i"
    with without_indexes(connection, [TABLE], lambda *_told: None), connection.cursor() as cursor:
        cursor.execute(stop)
        cursor.execute(
            ROWS.format(table=TABLE, columns=", ".join(values), count=ACTIVITIES, values=", ".join(values.values()))
        )
        if is_postgres:
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
    # The triggers anew, and the totals counted once.
    install()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if is_postgres else "ANALYZE")


def _in_turn(values: list[Any]) -> str:
    """One after the other, row by row."""
    return f"(CASE n % {len(values)} " + " ".join(f"WHEN {at} THEN {one}" for at, one in enumerate(values)) + " END)"


def _blank(model: Any, is_postgres: bool) -> dict[str, str]:
    """Nothing, in each column that must have something."""
    known = {"CharField": "''", "TextField": "''", "BooleanField": "false" if is_postgres else "0"}
    fields = [one for one in model._meta.concrete_fields if not one.null and not one.is_relation]
    found = {one.column: known[kind] for one in fields if (kind := one.get_internal_type()) in known}
    json_ = [one for one in fields if one.get_internal_type() == "JSONField"]
    return found | {one.column: f"'{json.dumps(one.get_default())}'" for one in json_}


def measure() -> dict[str, str]:
    from fedele.records.today.blocks import blocks_for

    fill()
    figures: dict[str, str] = {}
    for who in ("giulia", "luca"):
        user = get_user_model().objects.get(email__startswith=f"{who}@")
        client = Client(headers={"host": "localhost"})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        figures[f"Today, {who}"] = timed(lambda client=client: client.get("/"))
        figures[f"the whole worklist, {who}"] = timed(lambda client=client: client.get("/today/work/"))
        for scope in ("me", "team"):
            for one in blocks_for(user, scope):
                figures[f"block {one.key}, {who}"] = _block(client, one.key)
    return figures


def _block(client: Any, key: str) -> str:
    return timed(lambda: client.get(f"/today/block/{key}/", headers=HTMX))
