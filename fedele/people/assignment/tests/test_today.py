"""New names on Today: those given to me that nobody has worked, with the reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fedele.people.assignment.models import Handout
from fedele.people.assignment.today import new_names, waiting
from fedele.people.models import Lead


def give(user: Any, name: str, days: int = 0, **values: Any) -> Lead:
    lead = Lead.objects.create(**{"last_name": name, "source": "web", "owner": user, "team": user.team, **values})
    at = timezone.now() - dt.timedelta(days=days)
    Handout.objects.create(record_type="lead", record_id=lead.pk, user=user, reason="Per provincia", at=at)
    return lead


def fresh(user: Any) -> Any:
    return type(user).objects.get(pk=user.pk)


def test_only_those_nobody_has_worked(cast: Any) -> None:
    giulia = cast["giulia"]
    give(giulia, "Nuovi", city="Bergamo", province="BG")
    give(giulia, "Caldo", stage="hot")
    give(giulia, "Vecchi", days=20)
    gone = give(giulia, "Passato", 1)
    Lead.objects.filter(pk=gone.pk).update(owner=cast["luca"])
    give(cast["luca"], "Di Luca")
    block = new_names(fresh(giulia))
    assert [row.title for row in block.rows] == ["Nuovi"]
    assert block.rows[0].line == "Modulo web · per la regola «Per provincia» · Bergamo (BG)"
    assert (block.count, block.aside) == (1, "1 oggi")


def test_a_name_that_left_my_sight_is_not_told(cast: Any) -> None:
    lead = give(cast["giulia"], "Segreto")
    Lead.objects.filter(pk=lead.pk).update(owner=cast["davide"], team=cast["davide"].team)
    assert new_names(fresh(cast["giulia"])).rows == []


def test_what_waits_is_what_the_queue_holds(cast: Any) -> None:
    Lead.objects.create(last_name="Nessuno", source="fair")
    give(cast["giulia"], "Dato")
    Lead.objects.create(last_name="Perso", stage="dead")
    assert [row.title for row in waiting(fresh(cast["anna"])).rows] == ["Nessuno"]
