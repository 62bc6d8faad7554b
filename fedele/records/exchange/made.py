"""The records an import made, as spans of ids: a few numbers however many there are."""

from __future__ import annotations

from collections.abc import Iterable

from fedele.records.likeness import Span


class Made:
    def __init__(self) -> None:
        self.spans: list[Span] = []

    def add(self, record_type: str, ids: Iterable[int]) -> None:
        """Ids that follow each other, or what the last batch made, become one span."""
        last = {key: at for at, (key, _first, _last) in enumerate(self.spans)}
        for one in sorted(ids):
            at = last.get(record_type, -1)
            if at >= 0 and self.spans[at][2] == one - 1:
                self.spans[at] = record_type, self.spans[at][1], one
            else:
                last[record_type] = len(self.spans)
                self.spans.append((record_type, one, one))
