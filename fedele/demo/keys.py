"""What the companies, contacts and leads of a block are found by when doubles are looked for."""

from __future__ import annotations

from fedele.demo.sheets import COLUMNS, Sheets
from fedele.people.duplicates.engine import Profile, keys_of
from fedele.people.duplicates.shapes import NUMBERS, identity_of_row


def add_keys(sheets: Sheets) -> None:
    keys = sheets.rows["people_matchkey"]
    for record_type, number in NUMBERS.items():
        columns = COLUMNS[f"people_{record_type}"]
        for row in sheets.rows[f"people_{record_type}"]:
            profile = Profile(identity_of_row(record_type, dict(zip(columns, row, strict=True))))
            keys += [(key, number, row[0]) for key in keys_of(profile)]
