"""What an import made, kept in a few numbers: the check saw none of it, so it is not compared with."""

from __future__ import annotations

from typing import Any

from fedele.people.leads.models import Lead
from fedele.records.exchange import engine
from fedele.records.exchange.made import Made


def test_batch_after_batch_is_one_span_unless_somebody_else_came_between() -> None:
    made = Made()
    made.add("lead", range(5, 1_005))
    made.add("company", [7, 9, 8])
    made.add("lead", range(1_005, 2_005))
    made.add("lead", range(2_006, 2_008))
    assert made.spans == [("lead", 5, 2_004), ("company", 7, 9), ("lead", 2_006, 2_007)]


def test_rows_of_later_batches_are_like_stored_records_but_not_like_what_came_in_before_them(
    bring: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(engine, "BATCH", 2)
    bring("lead", "Nome;Cognome;Cellulare;E-mail\nAda;Conti;333 1000009;ada@conti.example\n", name="first.csv")
    rows = [
        "Ugo;Bonomelli;333 1000001;ugo@alfa.example", "Pia;Zanghellini;333 1000002;pia@beta.example",
        "Hugo;Bonomeli;333 1000001;hugo@alfa.example", "Ada;Conti;333 1000009;conti@ada.example",
    ]  # fmt: skip
    file = "Nome;Cognome;Cellulare;E-mail\n" + "".join(f"{row}\n" for row in rows)
    tried = bring("lead", file, dry=True)
    done = bring("lead", file)
    assert (tried["new"], tried["possible_duplicates"]) == (done["new"], done["possible_duplicates"]) == (3, 1)
    assert Lead.objects.count() == 5
