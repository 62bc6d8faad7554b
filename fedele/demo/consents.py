"""What the people of the demo said of being contacted, the words they agreed to, and a check in the register."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from django.utils import timezone

from fedele.access.models import User
from fedele.demo.cast import DOMAIN
from fedele.people.consents.addresses import hashes_of
from fedele.people.consents.models import (
    CheckedNumber,
    Consent,
    ConsentText,
    RegisterCheck,
    RegisterLine,
    Suppression,
)
from fedele.people.consents.standing import settle
from fedele.people.models import Contact, Lead

#: In a large company only so many people spoke: what matters there is how fast lists are.
MOST = 5_000
CHUNK = 500
_TEXTS = (
    (
        "newsletter",
        "it",
        "Consenso alle comunicazioni commerciali",
        (
            "Acconsento a ricevere da Officine Aurora S.p.A. offerte e novità per e-mail. Posso ritirare il consenso in ogni "
            "momento dal link in fondo a ogni messaggio o scrivendo a privacy@officineaurora.example."
        ),
    ),
    (
        "newsletter",
        "en",
        "Consent to commercial messages",
        (
            "I agree to receive offers and news of Officine Aurora S.p.A. by e-mail. I can withdraw at any time by the link at "
            "the foot of each message or by writing to privacy@officineaurora.example."
        ),
    ),
    (
        "misure",
        "it",
        "Consenso alla misura delle aperture",
        (
            "Acconsento a che Officine Aurora S.p.A. misuri se e quando apro le sue e-mail. Posso ritirare questo consenso da "
            "solo, continuando a riceverle."
        ),
    ),
    (
        "misure",
        "en",
        "Consent to the measuring of e-mails",
        (
            "I agree that Officine Aurora S.p.A. measures whether and when I open its e-mails. I can withdraw this alone and "
            "go on receiving them."
        ),
    ),
)
#: (share of people, channel, what they said, purpose, how we know)
_SAYINGS = (
    (0.55, "email", "given", "marketing", ("form", "paper", "meeting")),
    (0.30, "tracking", "given", "marketing", ("form",)),
    (0.05, "phone", "refused", "", ("phone",)),
    (0.03, "email", "withdrawn", "", ("link",)),
    (0.02, "tracking", "withdrawn", "", ("link",)),
    (0.01, "post", "refused", "", ("paper", "email")),
)


def speak(seed: int) -> None:
    """Everything dated before today and written down by Anna."""
    random, anna = Random(f"consents {seed}"), User.objects.get(email=f"anna@{DOMAIN}")
    texts = {
        (key, language): ConsentText.write_next(key, language, title, body) for key, language, title, body in _TEXTS
    }
    for model in (Contact, Lead):
        records = list(model.objects.filter(trashed_at=None).order_by("pk")[:MOST])
        _say(random, records, texts, anna.pk)
        for start in range(0, len(records), CHUNK):
            settle(model, records[start : start + CHUNK])
    for text in texts.values():
        text.use()
    _inform(random)
    _check(random, anna)


def _say(random: Random, records: list[Any], texts: dict[tuple[str, str], ConsentText], who: int) -> None:
    now, rows, suppressed = timezone.now(), [], []
    for record in records:
        agrees = record.record_type == "contact"
        for share, channel, said, purpose, sources in _SAYINGS:
            if random.random() >= share or (said == "given" and not (agrees and record.email)):
                continue
            at = now - dt.timedelta(days=1 + random.random() * (700 if said == "given" else 200))
            text = texts["misure" if channel == "tracking" else "newsletter", getattr(record, "language", "") or "it"]
            rows.append(
                Consent(
                    record_type=record.record_type, record_id=record.pk, channel=channel, said=said, purpose=purpose,
                    source=random.choice(sources), at=at, entered_at=at, entered_by_id=who, overrides=said == "given",
                    text=text if said == "given" else None,
                )
            )  # fmt: skip
            if said != "given":
                suppressed += [
                    Suppression(hash=one, channel=channel, at=at, source=rows[-1].source)
                    for one in hashes_of(record, channel)
                ]
    rows.sort(key=lambda row: row.at)
    Consent.objects.bulk_create(rows, batch_size=CHUNK)
    Suppression.objects.bulk_create(suppressed, batch_size=CHUNK)


def _inform(random: Random) -> None:
    """Of the names that came with lists the older ones have been told."""
    told = []
    for lead in Lead.objects.filter(source="list", created_at__lt=timezone.now() - dt.timedelta(days=20)).order_by(
        "pk"
    )[:MOST]:
        lead.informed_on = timezone.localdate(lead.created_at) + dt.timedelta(days=random.randint(3, 18))
        told.append(lead)
    Lead.objects.bulk_update(told, ["informed_on"], batch_size=CHUNK)


def _check(random: Random, anna: Any) -> None:
    """The numbers of the leads to work were checked a few days ago."""
    at = timezone.now() - dt.timedelta(days=4, hours=3)
    leads = Lead.objects.filter(stage__in=("suspect", "lead", "hot"), trashed_at=None).order_by("pk")[:MOST]
    numbers = dict.fromkeys(lead.call_number for lead in leads if lead.call_number.startswith("+39"))
    enrolled = {number for number in numbers if random.random() < 0.12}
    check = RegisterCheck.objects.create(
        title="Nominativi · Da lavorare", record_type="lead", query="f=stage.in:suspect,lead,hot", user=anna,
        created_at=at - dt.timedelta(hours=5), numbers=len(numbers), answered_at=at, enrolled=len(enrolled),
        file_name="risposta-rpo.csv",
    )  # fmt: skip
    RegisterLine.objects.bulk_create(
        (RegisterLine(check_of=check, number=one, is_enrolled=one in enrolled) for one in numbers), batch_size=CHUNK
    )
    since = timezone.localdate(at) - dt.timedelta(days=40)
    counts_from = timezone.make_aware(dt.datetime.combine(since + dt.timedelta(days=1), dt.time()))
    CheckedNumber.objects.bulk_create(
        (
            CheckedNumber(
                number=one, checked_at=at, is_enrolled=one in enrolled, check_of=check,
                enrolled_on=since if one in enrolled else None, counts_from=counts_from if one in enrolled else None,
            )
            for one in numbers
        ),
        batch_size=CHUNK,
    )  # fmt: skip
