"""Taking in what was shared: what is fit is kept, what is not is said, a card is read."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fedele.knowledge.files.accepting import UnfitFile, fit
from fedele.knowledge.files.models import NoRoom, StoredFile
from fedele.knowledge.files.places import without_place
from fedele.knowledge.sharing.models import Shared, SharedFile
from fedele.records.reading.refusals import UnreadableFile
from fedele.records.reading.source import Source
from fedele.records.reading.vcards import Cards

#: Files of one act, characters of its text, and bytes of a card, which may hold a photograph.
MOST, LONGEST, LARGEST_CARD = 20, 5000, 5 << 20
#: Column of a card → field of a contact and of a lead.
FIELDS = {
    "First name": "first_name", "Last name": "last_name", "Job title": "job", "E-mail": "email", "Work phone": "phone",
    "Mobile phone": "mobile", "Street": "street", "Postcode": "postcode", "City": "city", "Province": "province",
    "Organisation": "company_name",
}  # fmt: skip


def receive(user: Any, given: Any, files: list[Any]) -> tuple[Shared | None, list[str]]:
    """What waits for its place now, if anything, and what could not be taken, in words."""
    shared, refused = Shared(user=user, text=text_of(given)), list[str]()
    kept: list[SharedFile] = []
    for file in files[:MOST]:
        try:
            kept += _taken(shared, file)
        except (UnfitFile, UnreadableFile) as error:
            refused.append(f"{file.name}: {getattr(error, 'message', error)}")
        except NoRoom as full:
            refused.append(full.message)
    with transaction.atomic():
        Shared.forget_old(user)
        if not shared.text and not shared.card and not kept:
            return None, refused
        shared.save()
        SharedFile.objects.bulk_create(kept)
    return shared, refused


def text_of(given: Any) -> str:
    """Title, text and link, each once: apps put them where they like."""
    parts: list[str] = []
    for name in ("title", "text", "url"):
        part = str(given.get(name, "")).replace("\x00", "").strip()
        if part and not any(part in known for known in parts):
            parts.append(part)
    return "\n".join(parts)[:LONGEST]


def _taken(shared: Shared, file: Any) -> list[SharedFile]:
    """Not stored yet. A card is read into what is shared."""
    if str(file.name).lower().endswith(".vcf"):
        shared.card = shared.card or card_of(file)
        return []
    found = fit(file)
    stored = StoredFile.keep(without_place(file, found.kind))
    return [SharedFile(shared=shared, stored=stored, name=found.name)]


def card_of(file: Any) -> dict[str, str]:
    cards = Cards(Source(file, LARGEST_CARD))
    row = next(iter(cards.records()))
    cells = dict(zip(cards.headers, row.cells, strict=False))
    found = {name: cells[column].strip()[:200] for column, name in FIELDS.items() if cells.get(column, "").strip()}
    if "last_name" not in found and cells.get("Full name"):
        found["first_name"], _space, found["last_name"] = cells["Full name"].strip().rpartition(" ")
    return {name: value for name, value in found.items() if value}
