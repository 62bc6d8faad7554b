"""The stage before the play: colleagues, the sales process with its Italian names, the batches all blocks share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Max

from fedele.billing.models import Dispute, OpenItem
from fedele.demo import cast
from fedele.demo.days import DAY
from fedele.demo.found import can_find
from fedele.demo.sheets import COLUMNS
from fedele.demo.world import LISTS, OLD_COMPANIES, OLD_PEOPLE, Stage, World, days_until, list_days
from fedele.journal.models import Batch, Entry
from fedele.people.models import Agreement, Company, Contact, Lead, Observation
from fedele.records.registry import registry
from fedele.sales.models import Opportunity, Process
from fedele.setup.models import Company as House

_PROCESS = "Macchine utensili"
_STAGES = ("Qualifica", "Analisi dei bisogni", "Offerta", "Negoziazione", "Ordine")


def set_up(customers: int, seed: int, today: dt.date) -> World:
    """Makes what a company has before its first customer; returns what the blocks need to know of it."""
    users = cast.install()
    _company_data()
    _direct_lines(users)
    world = world_of(users, customers, seed, today)
    _open_batches(world, users)
    return world


def _company_data() -> None:
    """What stands on top of its pages and in its letters."""
    House(
        name="Officine Aurora", street="Via Triumplina, 120", postcode="25123", city="Brescia", province="BS",
        phone="+39030201440", email="info@officineaurora.example", website="https://www.officineaurora.example",
    ).save()  # fmt: skip


def _direct_lines(users: dict[str, Any]) -> None:
    """Each has one, in the signature of their letters."""
    for at, user in enumerate(users.values(), start=21):
        user.phone = f"+390302014{at:03}"
        type(user).objects.filter(pk=user.pk).update(phone=user.phone)


def world_of(users: dict[str, Any], customers: int, seed: int, today: dt.date) -> World:
    return World(
        seed=seed, customers=customers, today=today, currency=settings.CURRENCY,
        people={key: (user.pk, user.team_id) for key, user in users.items()},
        process_id=_italian_process().pk, stages=_stages(),
        entry=_highest(Entry), batch=_highest(Batch), searched=_searched(),
    )  # fmt: skip


def _highest(model: Any) -> int:
    return model.objects.aggregate(highest=Max("pk"))["highest"] or 0


def _italian_process() -> Process:
    """The process the product starts with speaks the language of whoever installed it; this company is Italian."""
    process = Process.default()
    stages = list(process.stages.order_by("position", "id"))
    if len(stages) == len(_STAGES):
        process.name = _PROCESS
        process.save()
        for stage, name in zip(stages, _STAGES, strict=True):
            stage.name = name
            stage.save()
    return process


def _stages() -> tuple[Stage, ...]:
    stages = Process.default().stages.order_by("position", "id")
    return tuple(Stage(stage.pk, stage.name, stage.probability, stage.expected_days) for stage in stages)


def _searched() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By what the records of each type are found, as their declarations say; fields the demo leaves empty left out."""
    found = {}
    for model in (Company, Contact, Lead, Opportunity, Observation, Agreement, Dispute, OpenItem):
        record_type = registry.by_key(model.record_type)
        if record_type.search is None:
            continue
        title, also = (
            tuple(path for path in paths if "__" in path or path in COLUMNS[model._meta.db_table])
            for paths in (record_type.search.title, record_type.search.also)
        )
        if not can_find((*title, *also), record_type.key):
            raise LookupError(
                f"{record_type.key}: the demo cannot say what {(*title, *also)} is; see fedele/demo/found.py"
            )
        found[record_type.key] = (title, also)
    return found


def _open_batches(world: World, users: dict[str, Any]) -> None:
    """The loads of the old archive and of each list, which are undone as a whole."""
    days = days_until(world.today)
    loaded = [
        ("company", OLD_COMPANIES, days.working(0), "sara"), ("contact", OLD_PEOPLE, days.working(0), "sara"),
        *(("lead", name, day, "anna") for day, (_share, name, _source) in zip(list_days(days), LISTS, strict=True)),
    ]  # fmt: skip
    Batch.objects.bulk_create(
        Batch(
            pk=world.batch + number,
            kind="import",
            record_type=record_type,
            title=name,
            actor=users[who],
            at=_moment(days, day),
        )
        for number, (record_type, name, day, who) in enumerate(loaded, 1)
    )


def _moment(days: Any, day: int) -> dt.datetime:
    return dt.datetime.fromisoformat(days.iso(day * DAY + 33_000))
