"""What is exported can be imported back: into the same house nothing changes, into an empty one it is the same again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.people.lists.models import PurchasedList
from fedele.records.exchange.command import export_records, import_file
from fedele.records.exchange.exporting import exported
from fedele.records.exchange.guarding import guarded, unguarded
from fedele.records.fields import forget_custom_fields
from fedele.records.models import CustomField
from fedele.records.registry import registry
from fedele.sales.opportunities.models import Opportunity

HOSTILE = (
    "=1+1", "+SUM(A1)", "-2+3", "@x", "|cmd", "'=x", "'già", "a;b", 'a "b" c', "a\nb\r\nc", "{{7*7}}",
    "<script>alert(1)</script>", "\u202ertl", "007", "1,5", "sì", "=", "-", "\ttab",
)  # fmt: skip


@pytest.fixture
def full_house(cast: dict[str, Any]) -> Any:
    """Records of every type with every kind of value, and texts that are up to no good."""
    sara, giulia = cast["sara"], cast["giulia"]
    CustomField.objects.create(record_type="company", key="margin", label="Margin", kind="number")
    CustomField.objects.create(record_type="company", key="since", label="Since", kind="date")
    CustomField.objects.create(
        record_type="company", key="tags", label="Tags", kind="multi", choices=["a", "b, c", "d"]
    )
    forget_custom_fields()
    with act_as(sara, door="screen"):
        madre = Company(
            name="Zeta Madre",
            owner=giulia,
            country="DE",
            vat_number="DE136695976",
            phone="+4989636480",
            province="Bayern",
            postcode="80331",
        )
        madre.save()
        origin = PurchasedList(name="=Elenco; '03", owner=giulia)
        origin.save()
        for n, text in enumerate(HOSTILE):
            company = Company(
                name=text, notes=text, parent=madre, owner=sara if n % 2 else giulia, phone="+390302000000;ext=12",
                email=f"x{n}@example.com", city=f"C{n}", kind="customer", key_account=bool(n % 2), share_of_wallet=n,
                custom={"margin": -n - 0.25, "since": f"2026-02-0{n % 9 + 1}", "tags": ["d", "b, c"]},
            )  # fmt: skip
            company.save()
            contact = Contact(
                first_name="Ugo",
                last_name=f"{text} {n}",
                company=company,
                owner=giulia,
                job=text,
                mobile="+393331234567",
                tax_code="RSSMRA80A01F205X" if n == 3 else "",
            )
            contact.save()
            Lead(
                last_name=f"L{n}",
                company_name=text,
                source="fair",
                stage="hot",
                website=text,
                interest=text,
                origin_list=origin if n % 2 else None,
                owner=giulia,
            ).save()
            opportunity = Opportunity(
                name=f"{text} {n}",
                company=company,
                contact=contact,
                amount=Decimal("1234.56") * n,
                closes_on=dt.date(2026, 12, 1 + n),
                next_step=text,
                owner=giulia,
            )
            opportunity.save()
            if n == 5:
                opportunity.lose("price", competitor="Beta", note="caro")
        long = Company(name="Long", notes="x" * 40_000)
        long.save()
    yield cast
    forget_custom_fields()


#: Each with more records here than a batch of them would hide; tests/contract takes all types there and back.
KEYS = ("company", "contact", "lead", "opportunity")


def values_of(record_type: Any, user: Any) -> list[tuple[Any, ...]]:
    """Everything a file carries, but for what the house gives: the number, and the moment it came into its stage."""
    given = ("number", "stage_since")
    paths = [path for field in exported(record_type, user) if field.name not in given for path in field.shown]
    return sorted(record_type.model.objects.filter(trashed_at=None).values_list(*paths), key=str)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_back_into_the_same_house_nothing_changes(full_house: Any, tmp_path: Path, ending: str) -> None:
    sara = full_house["sara"]
    entries = Entry.objects.exclude(kind__startswith="list.").count()
    for record_type in map(registry.by_key, KEYS):
        path = tmp_path / f"{record_type.key}.{ending}"
        written = export_records(record_type.key, path, sara)["rows"]
        assert written == record_type.model.objects.count() > 5
        for dry in (True, False):
            with act_as(sara, door="import"):
                facts = import_file(path, record_type.key, {}, dry, sara)
            assert facts["problem_rows"] == []
            assert (facts["unchanged"], facts["updated"], facts["new"]) == (written, 0, 0)
    assert Entry.objects.exclude(kind__startswith="list.").count() == entries


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_into_an_empty_house_it_is_the_same_again(full_house: Any, tmp_path: Path, ending: str) -> None:
    sara = full_house["sara"]
    Company.objects.filter(name="Long").delete()
    before = {record_type.key: values_of(record_type, sara) for record_type in map(registry.by_key, KEYS)}
    for record_type in map(registry.by_key, KEYS):
        export_records(record_type.key, tmp_path / f"{record_type.key}.{ending}", sara)
    with act_as(sara, door="screen"):
        for key in ("opportunity", "lead", "contact", "company"):
            for record in registry.by_key(key).model.objects.all():
                record.erase()
    for key in ("company", "contact", "lead", "opportunity"):
        with act_as(sara, door="import"):
            facts = import_file(tmp_path / f"{key}.{ending}", key, {}, False, sara)
        assert facts["problem_rows"] == []
        # Rows that are like another come in all the same.
        assert facts["new"] + facts["possible_duplicates"] == len(before[key])
    # A file keeps neither blanks around a text nor the kind of its line breaks.
    for record_type in map(registry.by_key, KEYS):
        assert _comparable(values_of(record_type, sara)) == _comparable(before[record_type.key])


def _comparable(rows: list[tuple[Any, ...]]) -> list[list[str]]:
    return sorted([str(v if v is not None else "").replace("\r\n", "\n").strip() for v in row] for row in rows)


@pytest.mark.parametrize("text", [*HOSTILE, "+390302000000", "-1234.5", "+39 030 2000000", "'+39", "＝1+1", "\r=1"])
def test_no_text_runs_and_none_is_lost(text: str) -> None:
    written = guarded(text)
    assert unguarded(written) == text
    assert written[:1] not in ("=", "@", "|", "\t", "\r", "＝")
    if written[:1] in "+-":
        assert written[1:].replace(" ", "").replace(".", "").isdigit()
