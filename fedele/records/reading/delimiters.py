"""Which character separates the values: the one that gives rows of equal length."""

from __future__ import annotations

import csv
import re
from collections import Counter

DELIMITERS = (";", ",", "\t", "|")
_DECLARED = re.compile(r"sep=(.)[\r\n]*\Z", re.IGNORECASE | re.DOTALL)
_SAMPLE_ROWS = 500


def declared_delimiter(first_line: str) -> str:
    """What a first line such as `sep=;`, which Excel writes for itself, says; empty for any other line."""
    match = _DECLARED.match(first_line)
    return match[1] if match else ""


def find_delimiter(lines: list[str]) -> str:
    """The most consistent delimiter of these lines; a semicolon when there is none, and with it one column."""
    best, best_score = ";", (0.0, 0)
    for delimiter in DELIMITERS:
        score = _score(lines, delimiter)
        clearly_better = score[0] > best_score[0] + 0.1
        about_equal_but_wider = score[0] > best_score[0] - 0.1 and score[1] > best_score[1]
        if clearly_better or about_equal_but_wider:
            best, best_score = delimiter, score
    return best if best_score[0] > 0.3 else ";"


def _score(lines: list[str], delimiter: str) -> tuple[float, int]:
    """(share of rows with the usual number of cells, that number); less when the first row is no header of them."""
    widths = []
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    if not widths:
        return 0.0, 0
    usual, count = Counter(widths).most_common(1)[0]
    if usual < 2:
        return 0.0, 1
    share = count / len(widths)
    if widths[0] != usual:
        # A title above the table is common; «Rossi, Mario» under a header without comma is more so.
        share *= 0.7 if usual > 2 else 0.2
    return share, usual
