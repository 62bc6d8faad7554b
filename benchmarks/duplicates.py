"""Doubles in the archive as it stands: keys made anew, names looked for, everything scanned. A part of bin/bench."""

from __future__ import annotations

import time
from itertools import islice

from benchmarks.dirty import Dirt
from fedele.people.duplicates import index, scanning
from fedele.people.duplicates.engine import Identity
from fedele.people.duplicates.finding import alike
from fedele.people.duplicates.reading import everything

SOUGHT = 20_000


def measure() -> dict[str, object]:
    began = time.perf_counter()
    count = index.rebuild()
    rebuilt = time.perf_counter()
    stored = list(islice(everything("contact"), SOUGHT))
    sought = [_soiled(Dirt(number), one) for number, one in enumerate(stored)]
    asking = time.perf_counter()
    found = alike(sought, limit=1)
    asked = time.perf_counter()
    pairs = sum(len(chunk) for chunk in scanning.scan())
    scanned = time.perf_counter()
    right = sum(bool(some) and some[0].record_id == one.ref[1] for one, some in zip(stored, found, strict=True))
    return {
        "duplicates: records": count,
        "duplicates: keys anew, s": round(rebuilt - began, 1),
        "duplicates: names looked for a second": round(len(sought) / (asked - asking)),
        "duplicates: of them found, %": round(100 * right / max(1, len(sought)), 1),
        "duplicates: scan of all, s": round(scanned - asked, 1),
        "duplicates: pairs": pairs,
    }


def _soiled(dirt: Dirt, one: Identity) -> Identity:
    """As somebody else wrote the same person down."""
    given, surname = (one.surname, one.given) if dirt.does(0.1) else (one.given, dirt.slip(one.surname))
    phones = [phone for phone in one.phones if phone and dirt.does(0.7)]
    emails = [email for email in one.emails if email and dirt.does(0.7)]
    return Identity(
        one.kind, None, given, surname, one.company, emails, phones, street=one.street, postcode=one.postcode,
        city=dirt.slip(one.city) if dirt.does(0.2) else one.city, country=one.country,
    )  # fmt: skip
