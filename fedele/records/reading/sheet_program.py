"""Reads one sheet in a process of its own and writes its rows to standard output.

A few kilobytes can be made to unpack into gigabytes in ways that cannot be seen before opening (one far-away cell, one
long text used a million times). Here that ends this process, whose memory and time are limited, and nothing else.
Run as a program: `sheet_program.py PATH SHEET-INDEX MEMORY-BYTES CPU-SECONDS`; imports nothing of the product.
"""

import datetime as dt
import marshal
import struct
import sys
from typing import Any

#: Cells in one message, and columns read at most: one more than a table may have, so that it is seen to have too many.
BATCH, COLUMNS = 10_000, 1_001
EMPTY = ""


def main(path: str, index: int, memory: int, seconds: int) -> None:
    _limit(memory, seconds)
    import python_calamine

    try:
        with python_calamine.load_workbook(path) as book:
            names = [sheet.name for sheet in book.sheets_metadata if _is_table(sheet)]
            if index >= len(names):
                _send({"sheets": names, "height": 0})
                return
            sheet = book.get_sheet_by_name(names[index])
            _send({"sheets": names, "height": sheet.end[0] + 1 if sheet.end else 0})
            _send_rows(sheet)
    except python_calamine.PasswordError:
        _send({"error": "password"})
    except (python_calamine.CalamineError, OSError, ValueError) as wrong:
        _send({"error": "damaged", "detail": str(wrong)[:500]})


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # A system without limits reads without them.


def _is_table(sheet: Any) -> bool:
    return "WorkSheet" in str(sheet.typ)


def _send_rows(sheet: Any) -> None:
    batch = []
    rows = max(1, BATCH // max(1, sheet.width))
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        batch.append((number, [cell if type(cell) is str else _plain(cell) for cell in cells[:COLUMNS]]))
        if len(batch) == rows:
            _send(batch)
            batch = []
    _send(batch)
    _send({"end": True})


def _plain(cell: Any) -> Any:
    """Text as the user sees it, dates in ISO form; fractions stay numbers, for their decimal mark is the table's."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return str(int(cell)) if cell == cell // 1 and abs(cell) < 1e15 else cell
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "seconds" if cell.second else "minutes")
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return EMPTY if cell is None else str(cell)


def _send(message: Any) -> None:
    content = marshal.dumps(message)
    sys.stdout.buffer.write(struct.pack("<I", len(content)) + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
