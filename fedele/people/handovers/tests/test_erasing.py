"""Who is erased is erased from the briefings too."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from fedele.people.contacts.models import Contact
from fedele.people.handovers.erasing import forget_in_briefings


def test_no_briefing_names_who_is_erased(house: Any, portfolio: Any, handover: Any) -> None:
    portfolio(2)
    made = handover(house.andrea)
    gone = Contact.objects.get(last_name="Rossi 0")
    forget_in_briefings(SimpleNamespace(records=[gone]))
    told = list(made.items.values_list("title", "briefing"))
    assert [title for title, briefing in told if "Rossi 0" in f"{title}{briefing}"] == []
    assert [title for title, briefing in told if "Rossi 1" in f"{title}{briefing}"] == ["Alfa 1", "Rossi 1"]
