"""What the search index keeps of a block's records, worked out beside them instead of reading them all again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from fedele.demo.sheets import COLUMNS, Sheets
from fedele.search.places import first_place
from fedele.search.words import document, ordinary

TABLE_OF = {
    "company": "people_company", "contact": "people_contact", "lead": "people_lead", "opportunity": "sales_opportunity",
    "observation": "people_observation", "agreement": "people_agreement",
    "dispute": "billing_dispute", "openitem": "billing_openitem",
}  # fmt: skip
#: The one thing of another record by which these are found.
_COMPANY_NAME = "company__name"


def can_find(paths: tuple[str, ...], record_type: str) -> bool:
    """Whether all that a record is found by is in its row or is the name of its company."""
    columns = COLUMNS[TABLE_OF[record_type]]
    return all(path in columns or (path == _COMPANY_NAME and "company_id" in columns) for path in paths)


def add_documents(sheets: Sheets) -> Counter[str]:
    """Adds the documents of all records to the sheets; returns in how many of them each ordinary word is."""
    words: Counter[str] = Counter()
    company_columns = COLUMNS["people_company"]
    names = {row[0]: row[company_columns.index("name")] for row in sheets.rows["people_company"]}
    documents = sheets.rows["search_document"]
    for record_type, (title, also) in sheets.world.searched.items():
        first = first_place(record_type)
        text_of, more_of = _reader(record_type, title, names), _reader(record_type, also, names)
        for row in sheets.rows[TABLE_OF[record_type]]:
            kept = document(text_of(row), more_of(row))
            documents.append((first | row[0], record_type, *kept))
            words.update(ordinary(kept[2]))
    return words


def _reader(record_type: str, paths: tuple[str, ...], names: dict[int, str]) -> Callable[[tuple[Any, ...]], str]:
    """The values of `paths` in a row as one text, empty ones left out."""
    columns = COLUMNS[TABLE_OF[record_type]]
    places = [columns.index("company_id" if path == _COMPANY_NAME else path) for path in paths]
    company = columns.index("company_id") if _COMPANY_NAME in paths else -1

    def read(row: tuple[Any, ...]) -> str:
        return " ".join([names[row[at]] if at == company else row[at] for at in places if row[at]])

    return read
