from __future__ import annotations

from typing import Any

from django.core import mail
from django.test import Client

from fedele.base.house import House, house
from fedele.journal.models import Entry
from fedele.setup.models import Company

PAGE = "/setup/company/"


def fields(**more: Any) -> dict[str, Any]:
    return {
        "name": "Officine Aurora S.r.l.",
        "country": "IT",
        "language": "it",
        "currency": "EUR",
        "fiscal_year_start": 1,
        **more,
    }


def test_there_is_one_company_known_everywhere(as_sara: Client) -> None:
    assert house() == House()
    for currency in ("EUR", "chf"):
        as_sara.post(PAGE, fields(currency=currency, vat_number="IT 0074311 0157", fiscal_year_start=7))
    assert Company.objects.count() == 1
    assert house() == House(name="Officine Aurora S.r.l.", language="it", currency="CHF", fiscal_year_start=7)
    assert Entry.objects.latest("id").data["changes"] == {"currency": ["EUR", "CHF"]}


def test_mistakes_are_said_at_the_field(as_sara: Client) -> None:
    for name, value in (
        ("name", ""),
        ("vat_number", "IT00743110158"),
        ("currency", "euro"),
        ("email", "x"),
        ("fiscal_year_start", 13),
    ):
        response = as_sara.post(PAGE, fields(**{name: value}))
        assert (response.status_code, f'id="id_{name}-error"' in response.content.decode()) == (422, True), name
    assert not Company.objects.exists()


def test_health_says_what_to_do(as_sara: Client) -> None:
    page = as_sara.get("/setup/health/").content.decode()
    assert "SQLite" in page or "PostgreSQL" in page
    as_sara.post("/setup/health/mail/")
    assert mail.outbox[-1].to == ["sara@aurora.example"]
