"""What a line typed in a hurry means, in either language; and the figure in a saying."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from fedele.people.profiles.kinds import value_of
from fedele.people.profiles.parsing import Line, read

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("accordo: sconto 5 % fino al 31/12", Line("agreement", "sconto 5 %", dt.date(2026, 12, 31))),
        ("Accordo: consegna entro il 15/1", Line("agreement", "consegna", dt.date(2027, 1, 15))),
        ("agreement: 5 % off until 31 Dec", Line("agreement", "5 % off", dt.date(2026, 12, 31))),
        ("promise: demo by 2027-02-03", Line("agreement", "demo", dt.date(2027, 2, 3))),
        ("ci promette: saldo fattura entro l'8 gennaio", Line("theirs", "saldo fattura", dt.date(2027, 1, 8))),
        ("accordo: prezzo bloccato, firmato, fino al 30/06/27", Line("agreement", "prezzo bloccato, firmato", dt.date(2027, 6, 30), True)),
        ("Necessità: consegne più rapide", Line("need", "consegne più rapide")),
        ("compra: a settembre, prima della fiera", Line("habit", "a settembre, prima della fiera")),
        ("quota: 30 %", Line("share", "30 %")),
        ("canale: preferisce il telefono", Line("channel", "preferisce il telefono")),
        ("wants a second shift", Line("need", "wants a second shift")),
        ("nota: fino al 30/02", Line("need", "nota: fino al 30/02")),
        ("vuole: pagare: dopo", Line("need", "vuole: pagare: dopo")),
        ("accordo:", Line("need", "accordo:")),
        ("ordina entro il 22/11", Line("need", "ordina", dt.date(2026, 11, 22))),
        ("accordo: entro il 31/12", Line("agreement", "entro il 31/12", dt.date(2026, 12, 31))),
        ("  spazi \t e  righe ", Line("need", "spazi e righe")),
        ("scade il 29/2 fino al 29/2", Line("need", "scade il 29/2 fino al 29/2")),
    ],
)  # fmt: skip
def test_a_line(line: str, expected: Line) -> None:
    assert read(line, "need", TODAY) == expected


def test_the_kind_beside_the_line_holds_unless_the_line_names_one() -> None:
    assert read("alta", "technology", TODAY).kind == "technology"
    assert read("bisogno: x", "technology", TODAY).kind == "need"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("potential", "120.000 € l'anno", "120000"), ("potential", "circa 1.250.000,50", "1250000.50"),
        ("potential", "about 120,000 a year", "120000"), ("potential", "non si sa", None), ("potential", "9" * 14, None),
        ("share", "30 %", "30"), ("share", "un 12,5%", "12.5"), ("share", "120 %", None), ("share", "0.5 %", "0.5"),
        ("technology", "alta", "3"), ("technology", "poco predisposto", "1"), ("technology", "Medium", "2"),
        ("readiness", "buona", "3"), ("readiness", "altrimenti", None), ("readiness", "boh", None),
        ("quality", "4/5", "4"), ("quality", "8/10, ma lenti", "4"), ("satisfaction", "3", "3"), ("satisfaction", "11", None),
        ("satisfaction", "7/5", None), ("need", "3 presse", None),
    ],
)  # fmt: skip
def test_the_figure_in_a_saying(kind: str, text: str, value: str | None) -> None:
    assert value_of(kind, text) == (Decimal(value) if value else None)
