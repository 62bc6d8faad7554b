"""What colleagues have to do these days, and what they did in the last weeks, at the customers of the open opportunities."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from fedele.base.models import records_written
from fedele.base.numbering import take_numbers
from fedele.calendar.models import Activity
from fedele.journal.storing import give_ids, insert_many
from fedele.journal.writing import entry_for, write_many
from fedele.sales.models import Opportunity

#: Opportunities that have something planned, at most: a desk, not an archive.
MOST = 400
#: kind, what, minutes, what was said, outcome
_DONE = (
    ("call", "Telefonata sull’offerta", 12, "Hanno letto l’offerta, chiedono due settimane per decidere.", "reached"),
    ("call", "Telefonata di cortesia", 5, "", "no_answer"),
    ("meeting", "Visita in officina", 90, "Visto il reparto, presi i tempi del pezzo campione.", "interested"),
    ("email", "Inviata la scheda tecnica", None, "", "done"),
    ("meeting", "Prova sul pezzo del cliente", 120, "Prova riuscita, restano dubbi sui tempi di consegna.", "done"),
    ("call", "Chiarito il pagamento", 15, "Preferiscono il leasing: decide la banca entro il mese.", "reached"),
    (
        "call",
        "Sentito il responsabile di produzione",
        20,
        "Il collo di bottiglia è l’attrezzaggio, due ore a lotto.",
        "interested",
    ),
    ("meeting", "Sopralluogo per il basamento", 60, "Pavimento in ordine, manca la linea dell’aria compressa.", "done"),
    ("email", "Mandato il conto energetico", None, "", "done"),
    ("call", "Provato a fissare la visita", 5, "In fiera fino a venerdì, richiamare lunedì.", "call_back"),
)
#: With customers who bought, in the weeks after.
_AFTER = (
    ("meeting", "Messa in servizio", 240, "Avviata, operatori istruiti. Firmato il verbale.", "done"),
    ("call", "Verifica dopo la consegna", 10, "Tutto a posto, chiedono il manuale anche in inglese.", "reached"),
    ("email", "Mandato il verbale di collaudo", None, "", "done"),
    ("call", "Sentito come lavora la macchina", 10, "Contenti della finitura, da rivedere i consumi.", "reached"),
    ("meeting", "Visita di controllo", 60, "Turno pieno. Pensano a un secondo operatore.", "interested"),
)
_PLANNED = (
    ("call", "Richiamare per la risposta all’offerta", "09:30", 15),
    ("call", "Sentire l’ufficio acquisti", "11:00", 10),
    ("meeting", "Visita con il tecnico", "15:00", 90),
    ("task", "Preparare il confronto con il concorrente", "", None),
    ("email", "Mandare le referenze", "", None),
    ("follow_up", "Chiedere se è arrivato il via libera", "", None),
    ("call", "Concordare la data della prova", "10:15", 10),
    ("task", "Rivedere i tempi di consegna con la produzione", "", None),
    ("meeting", "Presentare l’offerta alla direzione", "14:30", 60),
    ("email", "Mandare il piano di pagamento", "", None),
)


def fill(seed: int, today: dt.date) -> int:
    """Returns how many activities there are now."""
    chance = random.Random(f"agenda {seed}")
    rows: list[Activity] = []
    planned: dict[int, set[str]] = defaultdict(set)
    open_ones = Opportunity.objects.filter(outcome="open", owner__isnull=False).order_by("-updated_at", "-pk")
    for opportunity in open_ones.only("pk", "company_id", "contact_id", "owner_id", "team_id")[:MOST]:
        # Whoever sells meets the customer again and again, and writes it down as often as not.
        rows += [_done(opportunity, chance, today) for _time in range(chance.choice((0, 1, 1, 2, 3)))]
        known = planned[opportunity.company_id]
        rows.append(_planned(opportunity, chance, today, known))
        known.add(rows[-1].subject)
    return keep([*rows, *_after_sales(chance, today)])


def _after_sales(chance: random.Random, today: dt.date) -> Iterator[Activity]:
    """What was said and done when it was delivered."""
    won = Opportunity.objects.filter(outcome="won", owner__isnull=False, closed_on__lt=today - dt.timedelta(days=3))
    for one in won.order_by("-closed_on", "-pk").only(
        "pk", "company_id", "contact_id", "owner_id", "team_id", "closed_on"
    )[:MOST]:
        since = (today - one.closed_on).days
        if since < 400 and chance.random() < 0.7:
            yield _did(
                one, chance.choice(_AFTER), chance, today - dt.timedelta(days=max(since - chance.randint(3, 60), 1))
            )


def keep(rows: list[Activity]) -> int:
    """Stores them with number, journal and search; returns how many."""
    give_ids(Activity, rows)
    for row, number in zip(rows, take_numbers("activity", Activity.numbering, len(rows)), strict=True):
        row.number = number
        row.settle()
        row.asked_at = row.asked_at or (row.created_at if row.asked_by_id else None)
    insert_many(Activity, rows)
    write_many((row, _entry(row)) for row in rows)
    records_written.send(Activity, records=rows, changed=None)
    return len(rows)


def _entry(row: Activity) -> Any:
    """Whose it is wrote it down, or who asked for it."""
    told = {"what": row.kind, "outcome": row.outcome} if row.is_over else None
    entry = entry_for(row, "created", data=told, at=row.created_at)
    entry.actor_id, entry.door = row.asked_by_id or row.owner_id, "screen"
    return entry


def _done(opportunity: Any, chance: random.Random, today: dt.date) -> Activity:
    # Half of it in the last ten days: a desk in use.
    return _did(
        opportunity,
        chance.choice(_DONE),
        chance,
        today - dt.timedelta(days=chance.choice((1, 2, 3, 4, 6, 9, 14, 20, 30, 45))),
    )


def _did(opportunity: Any, what: Any, chance: random.Random, day: dt.date) -> Activity:
    kind, subject, minutes, report, outcome = what
    day -= dt.timedelta(days=max(day.weekday() - 4, 0))
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(chance.randint(8, 17), chance.choice((0, 10, 30, 45)))))
    row = _of(opportunity, kind=kind, subject=subject, minutes=minutes, report=report, outcome=outcome)
    row.spent = minutes
    if kind in ("call", "meeting"):
        row.due_at = timezone.localtime(at).strftime("%H:%M")
    if kind == "meeting":
        row.kilometres, row.purpose = 18 + opportunity.pk * 7 % 90, "Capire che cosa serve e chi decide"
        row.costs = Decimal("12.50") if opportunity.pk % 3 == 0 else None
    row.state, row.done_at, row.due_on, row.created_at, row.updated_at = "done", at, day, at, at
    return row


def _planned(opportunity: Any, chance: random.Random, today: dt.date, known: set[str]) -> Activity:
    """Most lie ahead, some are for today, a few were missed; nothing twice for one customer."""
    left = [one for one in _PLANNED if one[1] not in known]
    kind, subject, time, minutes = chance.choice(left or _PLANNED)
    day = today + dt.timedelta(days=chance.choice((-6, -2, 0, 0, 0, 1, 1, 2, 3, 5, 8, 12)))
    while day.weekday() > 4 and day != today:
        day += dt.timedelta(days=1)
    row = _of(opportunity, kind=kind, subject=subject, due_on=day, due_at=time, minutes=minutes)
    row.urgent = chance.random() < 0.08
    planned = timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=chance.randint(7, 20)), dt.time(9)))
    row.created_at = row.updated_at = planned
    return row


def _of(opportunity: Any, **values: Any) -> Activity:
    return Activity(
        company_id=opportunity.company_id, contact_id=opportunity.contact_id, owner_id=opportunity.owner_id,
        team_id=opportunity.team_id, about_type="opportunity", about_id=opportunity.pk, **values,
    )  # fmt: skip
