from __future__ import annotations

import pytest

from fedele.search import reading

PEOPLE = {
    1: ("Mario Rossi", "mario.rossi@officine-aurora.it +39 030 123456 Officine Aurora S.r.l. Brescia"),
    2: ("Giulia Ferrari", "giulia@ferrari.example +39 02 7654321 Milano"),
    3: ("Rossana Bianchi", "Costruzioni Rossi & Figli, Brescia"),
    4: ("Luca D'Angelo", "luca.dangelo@comune.example 348 1234567"),
    5: ("Unità Sanitaria Locale", "IT01234567890"),
    6: ("Anna Esposito", "Niccolò & C. snc"),
}
TICKETS = {
    1: ("TR-2026-0412 Guasto pompa", "La trattativa è ferma"),
    2: ("TR-2026-0413 Perdita olio", "Fattura inviata"),
}


@pytest.fixture(params=[1000, 1], ids=["read outright", "from the index"])
def people(request, monkeypatch, db):  # type: ignore[no-untyped-def]
    """Six people and two tickets; once so few that all are read, once as if there were many."""
    from fedele.search import index

    monkeypatch.setattr(reading, "READ", request.param)
    index.put("person", [(key, *texts) for key, texts in PEOPLE.items()])
    index.put("ticket", [(key, *texts) for key, texts in TICKETS.items()])
