"""An accounting export: read as it comes out of the program, read again without anything twice, and complete."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from fedele.billing.open_items.models import OpenItem
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.people.companies.models import Company
from fedele.records.exchange.models import Import
from fedele.records.undo import undo_batch

D = Decimal
ALFA, BETA = "01234567897", "12345670017"
HEAD = "Tipo documento;Numero documento;Data documento;Cliente;Partita IVA;Data scadenza;Importo;Residuo\n"
EXPORT = (
    HEAD + f"Fattura;12/A;05/01/2026;ALFA SRL di Rossi;{ALFA};04/02/2026;1.234,56;1.234,56\n"
    f"Fattura;13/A;07/01/2026;Alfa;IT {ALFA};06/02/2026;2.000,00;500,00\n"
    f"Nota di credito;3/NC;09/01/2026;Beta;{BETA};09/01/2026;100,00;100,00\n"
)


@pytest.fixture
def customers(cast: dict[str, Any]) -> dict[str, Company]:
    made = {
        "alfa": Company(name="Alfa", vat_number=ALFA, owner=cast["giulia"]),
        "beta": Company(name="Beta", vat_number=BETA, owner=cast["luca"]),
    }
    with act_as(cast["sara"], door="screen"):
        for company in made.values():
            company.save()
    return made


def rows() -> list[tuple[Any, ...]]:
    return list(
        OpenItem.objects.order_by("document").values_list("document", "kind", "amount", "paid", "residual", "state")
    )


def test_an_export_as_it_comes(bring: Any, customers: Any, cast: Any) -> None:
    done = bring("openitem", EXPORT)
    assert (done["new"], done["problem_rows"]) == (3, [])
    assert rows() == [
        ("12/A", "invoice", D("1234.56"), D("0.00"), D("1234.56"), "open"),
        ("13/A", "invoice", D("2000.00"), D("1500.00"), D("500.00"), "part"),
        ("3/NC", "credit_note", D("100.00"), D("0.00"), D("-100.00"), "open"),
    ]
    owners = dict(OpenItem.objects.values_list("document", "owner"))
    assert owners == {"12/A": cast["giulia"].pk, "13/A": cast["giulia"].pk, "3/NC": cast["luca"].pk}
    assert set(OpenItem.objects.values_list("company__name", flat=True)) == {"Alfa", "Beta"}
    assert Company.objects.count() == 2


def test_the_same_export_again_changes_nothing(bring: Any, customers: Any) -> None:
    bring("openitem", EXPORT)
    entries = Entry.objects.exclude(kind="list.imported").count()
    again = bring("openitem", EXPORT)
    assert (again["new"], again["updated"], again["unchanged"]) == (0, 0, 3)
    assert Entry.objects.exclude(kind="list.imported").count() == entries


def test_the_next_export_brings_it_up_to_date(bring: Any, customers: Any) -> None:
    bring("openitem", EXPORT)
    done = bring("openitem", EXPORT.replace("1.234,56;1.234,56", "1.234,56;0,00").replace("06/02/2026", "28/02/2026"))
    assert (done["new"], done["updated"], done["unchanged"]) == (0, 2, 1)
    paid, moved = OpenItem.objects.get(document="12/A"), OpenItem.objects.get(document="13/A")
    assert (paid.state, paid.paid, paid.residual) == ("settled", D("1234.56"), D("0.00"))
    assert moved.due_on == dt.date(2026, 2, 28)


def test_instalments_of_one_document_are_told_by_their_days(bring: Any, customers: Any) -> None:
    file = HEAD + "".join(
        f"Fattura;20;01/02/2026;Alfa;{ALFA};{day};100,00;100,00\n" for day in ("01/03/2026", "01/04/2026", "01/05/2026")
    )
    assert bring("openitem", file)["new"] == 3
    again = bring("openitem", file.replace("01/04/2026;100,00;100,00", "01/04/2026;100,00;0,00"))
    assert (again["new"], again["updated"], again["unchanged"]) == (0, 1, 2)
    assert OpenItem.objects.get(state="settled").due_on == dt.date(2026, 4, 1)


def test_a_number_that_begins_anew_each_year_is_another_document(bring: Any, customers: Any) -> None:
    bring("openitem", HEAD + f"Fattura;1;02/01/2025;Alfa;{ALFA};01/02/2025;100;100\n")
    assert bring("openitem", HEAD + f"Fattura;1;02/01/2026;Alfa;{ALFA};01/02/2026;100;100\n")["new"] == 1


def test_rows_that_cannot_be_placed_say_why(bring: Any, customers: Any) -> None:
    unknown = "00000000000"
    file = (
        HEAD + f"Fattura;1;01/02/2026;;{unknown};01/03/2026;100;100\n"
        f"Fattura;2;01/02/2026;;{ALFA};31/02/2026;100;100\n"
        f"Fattura;3;01/02/2026;;{ALFA};01/03/2026;100;100\n"
        f"Fattura;3;01/02/2026;;{ALFA};01/03/2026;100;90\n"
    )
    done = bring("openitem", file)
    assert [(one["line"], one["column"]) for one in done["problem_rows"]] == [
        (2, "Partita IVA"), (3, "Data scadenza"), (5, "Numero documento"),
    ]  # fmt: skip
    assert done["new"] == 1


def test_two_companies_with_one_vat_number_are_a_question_unless_the_name_tells(
    bring: Any, customers: Any, cast: Any
) -> None:
    with act_as(cast["sara"], door="screen"):
        Company(name="Alfa filiale", vat_number=ALFA).save()
    done = bring("openitem", HEAD + f"Fattura;1;01/02/2026;;{ALFA};01/03/2026;100;100\n")
    assert done["problem_rows"][0]["message"] == "2 companies have this VAT number."
    bring("openitem", HEAD + f"Fattura;2;01/02/2026;Alfa filiale;{ALFA};01/03/2026;100;100\n")
    assert OpenItem.objects.get().company.name == "Alfa filiale"


def test_debit_and_credit_columns_are_amount_and_paid(bring: Any, customers: Any) -> None:
    bring("openitem", f"N. doc.;P.IVA;Scadenza;Dare;Avere\n7;{ALFA};01/03/2026;1.000,00;250,00\n")
    assert rows() == [("7", "invoice", D("1000.00"), D("250.00"), D("750.00"), "part")]


def test_a_complete_export_settles_the_rest_and_undo_opens_it_again(
    bring: Any, customers: Any, cast: Any, as_: Any
) -> None:
    bring("openitem", EXPORT)
    before = rows()
    bring("openitem", HEAD + EXPORT.splitlines()[2] + "\n")
    source = Import.objects.latest("id")
    browser = as_("sara")
    page = browser.get("/open-items/complete/", {"import": source.pk, "on": "2026-03-01"}).content.decode()
    assert "2 open items" in page
    assert OpenItem.objects.filter(state="settled").count() == 0
    answer = browser.post("/open-items/complete/", {"import": source.pk, "on": "2026-03-01", "go": "1"})
    assert answer.status_code == 302
    gone = OpenItem.objects.get(document="12/A")
    assert (gone.state, gone.residual, gone.paid_on, gone.is_gone) == ("settled", D("0.00"), dt.date(2026, 3, 1), True)
    assert (gone.days_late, gone.days_to_pay) == (25, 55)
    assert OpenItem.objects.get(document="13/A").state == "part"
    assert Entry.objects.filter(kind="openitem.closed").count() == 2
    undo_batch(Batch.objects.latest("id"), cast["sara"])
    assert rows() == before


def test_a_document_that_comes_back_is_open_again(bring: Any, customers: Any, cast: Any) -> None:
    from fedele.billing.open_items.closing import close_rest

    bring("openitem", EXPORT)
    bring("openitem", HEAD + EXPORT.splitlines()[2] + "\n")
    close_rest(Import.objects.latest("id"), cast["sara"], dt.date(2026, 3, 1))
    bring("openitem", EXPORT)
    back = OpenItem.objects.get(document="12/A")
    assert (back.state, back.residual, back.is_gone) == ("open", D("1234.56"), False)


def test_later_documents_stay_and_a_file_with_unplaced_rows_closes_nothing(
    bring: Any, customers: Any, cast: Any, as_: Any
) -> None:
    bring("openitem", EXPORT)
    bring("openitem", HEAD + EXPORT.splitlines()[2] + "\n" + "Fattura;9;01/02/2026;;11111111111;01/03/2026;1;1\n")
    source = Import.objects.latest("id")
    refused = as_("sara").post("/open-items/complete/", {"import": source.pk, "on": "2026-03-01", "go": "1"})
    assert refused.status_code == 422
    assert "1 row of the file stands for no open item here" in refused.content.decode()
    assert OpenItem.objects.filter(state="settled").count() == 0
    bring("openitem", HEAD + EXPORT.splitlines()[2] + "\n")
    source = Import.objects.latest("id")
    as_("sara").post("/open-items/complete/", {"import": source.pk, "on": "2026-01-05", "go": "1"})
    assert list(OpenItem.objects.filter(state="settled").values_list("document", flat=True)) == ["12/A"]
    for wrong in ("", "31/01/2026", "2999-01-01", "x"):
        assert as_("sara").get("/open-items/complete/", {"import": source.pk, "on": wrong}).status_code == 422
