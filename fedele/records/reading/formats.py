"""How a whole table writes its fractions and dates, told from a large sample."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from django.conf import settings

_GROUPED_COMMA = r"[0-9]{1,3}(?:[.'’ ][0-9]{3})+,[0-9]+"
_COMMA = re.compile(rf"[-+]?(?:{_GROUPED_COMMA}|[0-9]+,(?:[0-9]{{1,2}}|[0-9]{{4,}}))")
_GROUPED_POINT = r"[0-9]{1,3}(?:[,'’ ][0-9]{3})+\.[0-9]+"
_POINT = re.compile(rf"[-+]?(?:{_GROUPED_POINT}|[0-9]+\.(?:[0-9]{{1,2}}|[0-9]{{4,}}))")
_DATE = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.](?:[0-9]{4}|[0-9]{2})(?:[ T].*)?")
_NUMERIC = re.compile(r"[-+(]?[0-9][0-9.,/:'’ T)-]*")
_MONEY = " €$£%"
_LONGEST = 30
#: Countries that write 1,234.56 and those that write 12/31/2026, for tables that say neither.
_POINT_COUNTRIES = frozenset(
    ["US", "GB", "IE", "CA", "AU", "NZ", "IN", "JP", "CN", "KR", "MX", "IL", "TH", "SG", "HK", "MT", "CH"]
)
_MONTH_FIRST_COUNTRIES = frozenset(["US", "PH"])
_YEAR_FIRST_COUNTRIES = frozenset(["CN", "JP", "KR", "HU", "LT", "SE", "CA"])


def find_formats(rows: Iterable[Sequence[object]]) -> tuple[str, str]:
    """(decimal mark, order of dates) by majority of what can only be read in one way; else as our country does."""
    found = Counter[str]()
    for column in zip_longest(*rows, fillvalue=""):
        found += _column_evidence(column)
    return _decimal(found["comma"], found["point"]), _order(found["day first"], found["month first"])


def _column_evidence(column: Sequence[object]) -> Counter[str]:
    """What a column of numbers or dates says; a column with other things among them, such as codes, says nothing."""
    found = Counter[str]()
    others = 0
    for cell in column:
        if type(cell) is not str or not cell:
            continue
        if cell.isdigit():
            found["seen"] += 1
            continue
        text = cell.strip(_MONEY)
        if len(cell) > _LONGEST or not _NUMERIC.fullmatch(text):
            others += 1
            if others > 20 and others > found.total():
                return Counter()
        elif (date := _DATE.fullmatch(text)) and _is_date(int(date[1]), int(date[2])):
            found["day first"] += int(date[1]) > 12
            found["month first"] += int(date[2]) > 12
            found["seen"] += 1
        elif text.count(".") > 1 and text.count(",") != 1:
            others += 1
        else:
            found["comma"] += _COMMA.fullmatch(text) is not None
            found["point"] += _POINT.fullmatch(text) is not None
            found["seen"] += 1
    return found if found["seen"] > 4 * others else Counter()


def _is_date(first: int, second: int) -> bool:
    return 0 < min(first, second) <= 12 and max(first, second) <= 31


def _decimal(comma: int, point: int) -> str:
    if comma != point:
        return "," if comma > point else "."
    return house_decimal()


def house_decimal() -> str:
    """How our own country writes fractions."""
    return "." if settings.COUNTRY in _POINT_COUNTRIES else ","


def _order(day_first: int, month_first: int) -> str:
    if day_first != month_first:
        return "dmy" if day_first > month_first else "mdy"
    if settings.COUNTRY in _MONTH_FIRST_COUNTRIES:
        return "mdy"
    return "ymd" if settings.COUNTRY in _YEAR_FIRST_COUNTRIES else "dmy"
