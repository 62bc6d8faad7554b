"""What colleagues know of customers: observations and agreements, some kept, some late."""

from __future__ import annotations

from random import Random

from fedele.demo.companies import NOT_BUYERS, Company
from fedele.demo.days import DAY
from fedele.demo.sheets import Sheets
from fedele.demo.world import BLOCK

#: Sayings and agreements a block has ids for.
SAYINGS_IN_BLOCK, AGREEMENTS_IN_BLOCK = 6 * BLOCK, 2 * BLOCK
_SHARE_OF_COMPANIES = 0.35
#: Kind → what is said, with the figure in it.
_SAID: dict[str, tuple[tuple[str, float | None], ...]] = {
    "need": (
        ("Consegne più rapide dei ricambi", None), ("Un secondo turno sulla sbavatura", None),
        ("Formazione per due operatori nuovi", None),
        ("Ridurre gli scarti in piegatura", None), ("Collegare la pressa al gestionale", None),
    ),
    "habit": (
        ("Decide gli acquisti a settembre, prima della fiera", None), ("Ordina i consumabili ogni trimestre", None),
        ("Chiede sempre tre offerte", None), ("Compra solo a budget approvato, di solito a marzo", None),
    ),
    "potential": (
        ("120.000 € l'anno", 120_000), ("40.000 € l'anno", 40_000), ("circa 250.000 € l'anno", 250_000),
        ("15.000 € l'anno", 15_000),
    ),
    "share": (("30 %", 30), ("60 %, il resto da un concorrente", 60), ("15 %", 15), ("85 %", 85)),
    "technology": (("alta", 3), ("media, hanno un responsabile IT", 2), ("bassa, preferiscono la carta", 1)),
    "channel": (("Telefono, mai prima delle 9", None), ("E-mail, risponde in giornata", None), ("Visita in officina", None)),
    "quality": (("4/5", 4), ("5/5, entusiasti", 5), ("3/5, ma lenti nelle risposte", 3), ("2/5", 2)),
    "readiness": (("buona", 3), ("media", 2), ("bassa", 1)),
    "satisfaction": (("4/5", 4), ("3/5", 3), ("5/5", 5), ("2/5, due reclami aperti", 2)),
}  # fmt: skip
_AGREED = (
    ("Sconto 5 % sui ricambi", "us"), ("Prezzo bloccato sulle lame", "us"),
    ("Muletto in prestito durante il fermo macchina", "us"),
    ("Demo gratuita della nuova isola", "us"), ("Sopralluogo entro il mese", "us"),
    ("Ordine quadro per il prossimo anno", "them"),
    ("Saldo delle fatture scadute", "them"), ("Referenza per il catalogo", "them"),
)  # fmt: skip
_SOURCES = ("visit", "visit", "call", "call", "mail", "ticket", "event", "")


def say(sheets: Sheets, companies: list[Company]) -> None:
    """Sayings of a block. They have a chance of their own, so that nothing else depends on them."""
    random = Random(f"{sheets.world.seed} {sheets.world.today} {sheets.block} sayings")
    said = agreed = 0
    for company in companies:
        if company.kind in NOT_BUYERS or not (company.known or random.random() < _SHARE_OF_COMPANIES):
            continue
        for kind in random.sample(list(_SAID), 5 if company.known else random.randint(1, 4)):
            for text, value in _told(random, kind):
                if said < SAYINGS_IN_BLOCK:
                    said += 1
                    _write_saying(sheets, random, company, sheets.block * SAYINGS_IN_BLOCK + said, kind, text, value)
        if (company.known or random.random() < 0.4) and agreed < AGREEMENTS_IN_BLOCK:
            agreed += 1
            _write_agreement(sheets, random, company, sheets.block * AGREEMENTS_IN_BLOCK + agreed)


def _told(random: Random, kind: str) -> list[tuple[str, float | None]]:
    """Marks are given more than once, so that they show which way it goes."""
    times = random.randint(1, 3) if kind in ("quality", "satisfaction") else 1
    return [random.choice(_SAID[kind]) for _time in range(times)]


def _write_saying(
    sheets: Sheets, random: Random, company: Company, pk: int, kind: str, text: str, value: float | None
) -> None:
    days = sheets.days
    moment = days.later(random, company.created, random.random() * (days.end - company.created) / DAY)
    moment = min(moment, days.end - DAY)
    at, day = days.stamp(moment), days.isos[moment // DAY]
    who = company.contacts[0]
    sheets.rows["people_observation"].append((
        pk, f"OS-{pk:06}", company.owner, company.team, 1, at, at, kind, text, value, company.id, who.id,
        who.name if random.random() < 0.4 else "", random.choice(_SOURCES), day,
    ))  # fmt: skip
    sheets.tell(
        moment, "observation.created", pk, text, by=company.owner, links=(("company", company.id), ("contact", who.id))
    )


def _write_agreement(sheets: Sheets, random: Random, company: Company, pk: int) -> None:
    """Made in the last year; those whose day has come are mostly kept, some broken, a few forgotten."""
    days = sheets.days
    made = max(company.created // DAY, days.count - random.randint(10, 330))
    made = min(days.working(made), days.count - 1)
    due = days.working(min(made + random.choice((20, 30, 60, 90, 180)), len(days.isos) - 10))
    state = "open"
    if due < days.count - 1:
        state = random.choice(("kept", "kept", "kept", "kept", "kept", "broken", "open"))
    subject, side = random.choice(_AGREED)
    moment = made * DAY + 36_000
    who = company.contacts[0]
    sheets.rows["people_agreement"].append((
        pk, f"AC-{pk:05}", company.owner, company.team, 1, days.stamp(moment), days.stamp(moment), subject, side,
        random.random() < 0.3, company.id, who.id, who.name, random.choice(_SOURCES), days.isos[made], days.isos[due], state,
        days.isos[due] if state != "open" else None,
    ))  # fmt: skip
    sheets.tell(
        moment, "agreement.created", pk, subject, by=company.owner, links=(("company", company.id), ("contact", who.id))
    )
