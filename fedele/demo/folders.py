"""Documents on the customers everybody knows: contracts, reports, offers, a photo of the damage, a drawing."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from fedele.base.models import records_written
from fedele.base.numbering import take_numbers
from fedele.demo.stories import KNOWN
from fedele.demo.written import WRITTEN, Written, drawing, pdf, photo
from fedele.journal.storing import give_ids, insert_many
from fedele.journal.writing import entry_for, write_many
from fedele.knowledge.models import Category, Document, StoredFile, Version
from fedele.knowledge.reading.indexing import index_passages
from fedele.people.models import Company
from fedele.sales.models import Opportunity

#: Pictures and drawings: name, category, days ago.
PICTURED = (("Perdita d’olio pressa.jpg", "Foto", 22), ("Flangia 160.dxf", "Disegno", 140))


def fill(seed: int, today: dt.date) -> int:
    """Returns how many entries it wrote."""
    chance = random.Random(f"folders {seed}")
    categories = {one.name: one for one in Category.objects.all()}
    rows: list[tuple[Document, bytes, str, str]] = []
    for known in KNOWN:
        company = Company.objects.filter(name=known.name).order_by("pk").first()
        if company is not None:
            rows += _of(company, chance, today, categories)
    _store([row for row, *_rest in rows])
    for row, content, words, note in rows:
        _give(row, content, words, note)
    return len(rows)


def _of(
    company: Any, chance: random.Random, today: dt.date, categories: dict[str, Any]
) -> list[tuple[Document, bytes, str, str]]:
    sale = Opportunity.objects.filter(company=company, outcome="open").order_by("pk").first()
    found = []
    for written in WRITTEN:
        if chance.random() < 0.7:
            content, words = pdf(written, company.name, chance)
            about = sale if written.category == "Offerta" and sale else company
            found.append((_row(about, company, written, chance, today, categories), content, words, written.note))
    for name, category, ago in PICTURED:
        if chance.random() < 0.5:
            content = photo(chance) if category == "Foto" else drawing(chance)
            written = Written(name, category, ago, None, name, "")
            found.append((_row(company, company, written, chance, today, categories), content, "", ""))
    return found


def _row(
    about: Any, company: Any, written: Written, chance: random.Random, today: dt.date, categories: dict[str, Any]
) -> Document:
    day = today - dt.timedelta(days=written.ago + chance.randint(0, 9))
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(chance.randint(8, 17), chance.choice((5, 20, 40)))))
    row = Document(name=written.name, category=categories.get(written.category), created_at=at, updated_at=at)
    row.lie_on(about)
    row.company, row.owner_id, row.team_id = company, company.owner_id, company.team_id
    if written.valid is not None:
        row.valid_until = today + dt.timedelta(days=written.valid + chance.randint(0, 20))
    return row


def _store(rows: list[Document]) -> None:
    give_ids(Document, rows)
    for row, number in zip(rows, take_numbers("document", Document.numbering, len(rows)), strict=True):
        row.number = number
    insert_many(Document, rows)
    write_many((row, _entry(row)) for row in rows)
    records_written.send(Document, records=rows, changed=None)


def _entry(row: Document) -> Any:
    entry = entry_for(row, "created", at=row.created_at)
    entry.actor_id, entry.door = row.owner_id, "screen"
    return entry


def _give(row: Document, content: bytes, words: str, note: str) -> None:
    """Its one version, read already: what stands in it is known here."""
    version = Version.objects.create(
        document=row, number=1, stored=StoredFile.keep(content), name=row.name, note=note, added_by_id=row.owner_id,
        added_at=row.created_at, reading="read" if words else "not",
        pages=words.count("pagebreak") + 1 if words else None,
    )  # fmt: skip
    Document.objects.filter(pk=row.pk).update(current=version, kind=version.kind)
    if words:
        index_passages(row.pk, [words], only_if_current=version.pk)
