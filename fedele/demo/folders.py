"""Documents on the customers everybody knows: contracts, reports, offers, a photo of the damage, a drawing."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from fedele.base.models import records_written
from fedele.base.numbering import take_numbers
from fedele.demo.products import PRODUCTS
from fedele.demo.stories import KNOWN
from fedele.demo.written import DRAWING, OFFERED, PHOTO, WRITTEN, Written, drawing, pdf, photo
from fedele.journal.storing import give_ids, insert_many
from fedele.journal.writing import entry_for, write_many
from fedele.knowledge.models import Category, Document, StoredFile, Version
from fedele.knowledge.reading.indexing import index_passages
from fedele.people.models import Company
from fedele.sales.models import Opportunity

#: What is delivered, tried out and repaired: not tools, spare parts and licences.
MACHINES = frozenset(one.name for one in PRODUCTS.values() if one.low >= 22_000)
SETTLED, YESTERDAY = dt.timedelta(days=120), dt.timedelta(days=1)
#: A file with its row, its bytes, its words and the note of its version.
Kept = tuple[Document, bytes, str, str]


def fill(seed: int, today: dt.date) -> int:
    """Returns how many entries it wrote."""
    chance = random.Random(f"folders {seed}")
    categories = {one.name: one for one in Category.objects.all()}
    rows: list[Kept] = []
    for known in KNOWN:
        company = Company.objects.filter(name=known.name).order_by("pk").first()
        if company is not None:
            rows += _of(company, chance, today, categories)
    _store([row for row, *_rest in rows])
    for row, content, words, note in rows:
        _give(row, content, words, note)
    return len(rows)


def _of(company: Any, chance: random.Random, today: dt.date, categories: dict[str, Any]) -> list[Kept]:
    """Of a machine that was bought, if there is one; and the offer for what is open."""
    sales = Opportunity.objects.filter(company=company).order_by("-closed_on", "pk")
    machines = [one for one in sales.filter(outcome="won") if _machine(one)]
    # One that has been at work for a while, if there is one: of a new one there is little to keep.
    bought = next((one for one in machines if one.closed_on < today - SETTLED), machines[-1] if machines else None)
    asked = next((one for one in sales.filter(outcome="open") if _machine(one)), None)
    folder = Folder(company, chance, today, categories)
    kept = [folder.paper(one, company, bought) for one in WRITTEN if bought and chance.random() < 0.7]
    if asked:
        kept.append(folder.paper(OFFERED, asked, asked))
    if bought and chance.random() < 0.5:
        kept.append(folder.picture(PHOTO, bought))
    if bought and chance.random() < 0.5:
        kept.append(folder.picture(DRAWING, bought))
    return kept


def _machine(sale: Opportunity) -> str:
    name = sale.name.split(" – ")[0]
    return name if name in MACHINES else ""


@dataclass
class Folder:
    """What lies on one customer."""

    company: Any
    chance: random.Random
    today: dt.date
    categories: dict[str, Any]

    def paper(self, written: Written, about: Any, sale: Opportunity) -> Kept:
        row, words = self._row(written, about, sale)
        content, text = pdf(written, words)
        return row, content, text, written.note

    def picture(self, written: Written, sale: Opportunity) -> Kept:
        row, words = self._row(written, self.company, sale)
        return row, photo(self.chance) if written is PHOTO else drawing(words["radius"]), "", ""

    def _row(self, written: Written, about: Any, sale: Opportunity) -> tuple[Document, dict[str, Any]]:
        """The row, and what stands in the places of its name and its text."""
        chance, company = self.chance, self.company
        day = self.today - dt.timedelta(days=written.ago + chance.randint(0, 9))
        if sale.closed_on:
            # Nothing is tried out or repaired before it was bought, nor after today.
            day = min(max(day, sale.closed_on + dt.timedelta(days=chance.randint(10, 45))), self.today - YESTERDAY)
        words = self._words(sale, day)
        at = timezone.make_aware(dt.datetime.combine(day, dt.time(chance.randint(8, 17), chance.choice((5, 20, 40)))))
        name, category = written.name.format(**words), self.categories.get(written.category)
        row = Document(name=name, category=category, created_at=at, updated_at=at)
        row.lie_on(about)
        row.company, row.owner_id, row.team_id = company, company.owner_id, company.team_id
        if written.valid is not None:
            row.valid_until = self.today + dt.timedelta(days=written.valid + chance.randint(0, 20))
        return row, words

    def _words(self, sale: Opportunity, day: dt.date) -> dict[str, Any]:
        return {
            "customer": self.company.name,
            "machine": _machine(sale),
            "amount": f"{sale.amount:,.0f}".replace(",", "."),
            "fee": f"{self.chance.randint(2, 9)}.{self.chance.randint(1, 9)}00",
            "serial": self.chance.randint(10, 99),
            "radius": self.chance.randint(60, 90),
            "date": f"{day:%d-%m-%Y}",
            "day": f"{day:%d/%m/%Y}",
            "year": (sale.closed_on or day).year,
        }


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
