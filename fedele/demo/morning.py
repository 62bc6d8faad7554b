"""What a morning begins with: names just given, calls to make, and what one colleague asked of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from fedele.access.models import User
from fedele.calendar.models import Activity
from fedele.demo.agenda import keep
from fedele.demo.cast import DOMAIN, SELLERS
from fedele.people.assignment.models import Handout, Rule
from fedele.people.models import Company, Lead

#: Days ago a name was given, of each of the newest names of a seller.
_GIVEN = (0, 0, 0, 1, 3, 6)
#: what, when on this day, a note
_CALLS = (
    ("Primo contatto dopo la fiera", "09:15", "Ha lasciato il biglietto allo stand, chiede tempi di consegna."),
    ("Richiamare: aspetta il listino", "09:40", ""),
    ("Fissare la visita in officina", "", "Meglio il giovedì pomeriggio."),
    ("Sentire se ha letto il catalogo", "11:20", ""),
    ("Chiedere chi decide gli acquisti", "", ""),
)
#: who asked, whom, what, kind, in how many days, a note
_ASKED = (
    ("chiara", "giulia", "Il cliente chiede un preventivo per il ricambio", "task", 0, "Mi ha chiamato stamattina, è di fretta."),
    ("luca", "giulia", "Portare i campioni di sbavatura", "meeting", 2, ""),
    ("giulia", "marco", "Verificare il rumore al mandrino", "meeting", 1, "Prima del sopralluogo per la nuova cella."),
    ("chiara", "marco", "Consegnare il ricambio e provarlo", "meeting", 0, "Pezzo in magazzino, scaffale 12."),
    ("anna", "luca", "Due referenze per il caso di successo", "task", 3, ""),
    ("luca", "chiara", "Richiamare per il questionario di soddisfazione", "call", 0, ""),
)  # fmt: skip


def begin(today: dt.date) -> int:
    """Returns how many activities there are now."""
    users = {user.email.removesuffix(f"@{DOMAIN}"): user for user in User.objects.all()}
    rules = {rule.name: rule for rule in Rule.objects.all()}
    calls: list[Activity] = []
    for person in SELLERS:
        user = users[person.key]
        _give(user, rules, today)
        calls += _calls(user, today)
    return keep([*calls, *_asked(users, today)])


def _at(day: dt.date, hour: int, minute: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def _give(user: Any, rules: dict[str, Rule], today: dt.date) -> None:
    """The newest names nobody has worked yet, as the rules gave them."""
    newest = Lead.objects.filter(owner=user, stage="suspect", trashed_at=None).order_by("-created_at", "-id")
    for lead, age in zip(newest[: len(_GIVEN)], _GIVEN, strict=False):
        name = (
            "Estero"
            if lead.country != "IT"
            else "Per provincia"
            if lead.source != "fair"
            else "Fiere del Nord, a turno"
        )
        at = _at(today - dt.timedelta(days=age), 7, 40 - age)
        Handout.objects.create(
            record_type="lead", record_id=lead.pk, user=user, rule=rules.get(name), reason=name, at=at, is_told=True
        )


def _calls(user: Any, today: dt.date) -> Iterator[Activity]:
    worked = Lead.objects.filter(owner=user, stage__in=("lead", "hot"), trashed_at=None).exclude(phone="", mobile="")
    for lead, (subject, time, notes) in zip(worked.order_by("-created_at", "-id")[: len(_CALLS)], _CALLS, strict=False):
        yield Activity(
            kind="call", subject=subject, due_on=today, due_at=time, notes=notes, lead=lead, owner=user, team_id=user.team_id,
            created_at=_at(today - dt.timedelta(days=3), 9, 0), updated_at=_at(today - dt.timedelta(days=3), 9, 0),
        )  # fmt: skip


def _asked(users: dict[str, Any], today: dt.date) -> Iterator[Activity]:
    """Nobody has said yet that they saw it."""
    companies = list(
        Company.objects.filter(kind="customer", trashed_at=None).order_by("-updated_at", "-id")[: len(_ASKED)]
    )
    at = _at(today, 7, 55)
    for company, (asker, owner, subject, kind, days, notes) in zip(companies, _ASKED, strict=False):
        yield Activity(
            kind=kind, subject=subject, notes=notes, company=company, due_on=today + dt.timedelta(days=days),
            owner=users[owner], team_id=users[owner].team_id, asked_by=users[asker], asked_at=at, created_at=at,
            updated_at=at,
        )  # fmt: skip
