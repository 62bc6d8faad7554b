"""Files of rows, as they come: CSV of any kind, spreadsheets, address cards.

`open_table(file, name)` finds out what a file is and how it is written, and gives its rows one after the other with the
line where each begins. What cannot be read is refused with a sentence for the person who chose the file; a row that
cannot be trusted says why and does not stop the others. Memory does not grow with the file.
"""

from fedele.records.reading.numbers import parse_boolean, parse_date, parse_datetime, parse_decimal
from fedele.records.reading.refusals import UnreadableFile
from fedele.records.reading.table import Row, Table, open_table

__all__ = [
    "Row",
    "Table",
    "UnreadableFile",
    "open_table",
    "parse_boolean",
    "parse_date",
    "parse_datetime",
    "parse_decimal",
]
