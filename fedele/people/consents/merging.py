"""Merged records: what each of them said holds for the one that remains, and the stricter wins."""

from __future__ import annotations

from typing import Any

from fedele.people.consents.recording import carry
from fedele.records.merging.rules import leaves, merges

leaves("people.standing", "people.personallink")


@merges("people.consent", "record_id")
def hand_over(act: Any, pointer: Any) -> None:
    """Copied rather than moved: nothing anybody said is ever changed, also when the merge is taken apart."""
    for other in act.others:
        carry(other, act.survivor)
