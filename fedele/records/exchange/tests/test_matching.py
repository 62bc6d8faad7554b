"""Which record a row means, and what is refused rather than guessed."""

from __future__ import annotations

from typing import Any

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.leads.models import Lead

ALFA, BETA = "01234567897", "12345670017"


def test_the_same_file_again_changes_nothing(bring: Any) -> None:
    file = f"Nome;P.IVA;Telefono;Note\nAlfa;{ALFA};030 2000000;così\nBeta;{BETA};;\n"
    bring("company", file)
    before = list(Company.objects.order_by("pk").values())
    entries = Entry.objects.exclude(kind="list.imported").count()
    again = bring("company", file)
    assert (again["unchanged"], again["updated"], again["new"]) == (2, 0, 0)
    assert list(Company.objects.order_by("pk").values()) == before
    assert Entry.objects.exclude(kind="list.imported").count() == entries


def test_an_update_changes_what_is_said_and_leaves_what_is_not(bring: Any) -> None:
    bring("company", f"Nome;P.IVA;Telefono\nAlfa;{ALFA};030 2000000\n")
    done = bring("company", f"Nome;P.IVA;Telefono;Città\nAlfa nuova;{ALFA};;Brescia\n")
    company = Company.objects.get()
    assert (done["updated"], company.name, company.phone, company.city, company.version) == (
        1,
        "Alfa nuova",
        "+390302000000",
        "Brescia",
        2,
    )
    entry = Entry.objects.get(kind="company.changed")
    assert entry.changes == {"name": ["Alfa", "Alfa nuova"], "city": ["", "Brescia"]}
    assert entry.data == {"source": "list.csv", "line": 2}


def test_a_row_that_means_two_records_is_a_problem(bring: Any) -> None:
    bring("company", f"Nome;P.IVA\nAlfa;{ALFA}\nBeta;{BETA}\n")
    alfa = Company.objects.get(name="Alfa")
    done = bring("company", f"Numero;P.IVA;Città\n{alfa.number};{BETA};Roma\n")
    assert done["problem_rows"] == [
        {"line": 2, "column": "P.IVA", "message": "This is of Beta, the rest of the row is about Alfa."}
    ]
    assert not Company.objects.filter(city="Roma").exists()


def test_what_two_records_have_in_common_identifies_neither(bring: Any, cast: Any) -> None:
    with act_as(cast["sara"], door="screen"):
        for name in ("Sede", "Filiale"):
            Company(name=name, vat_number=ALFA).save()
    done = bring("company", f"Nome;P.IVA\nSede;{ALFA}\n")
    assert done["problem_rows"][0]["message"] == "2 records have this: give the number of the one you mean."


def test_two_rows_about_one_record_near_and_far_apart(bring: Any) -> None:
    far = "".join(f"Altra {n};\n" for n in range(1500))
    file = f"Nome;P.IVA\nAlfa;{ALFA}\nAlfa bis;{ALFA}\n{far}Alfa ter;{ALFA}\n"
    tried, done = bring("company", file, dry=True), bring("company", file)
    for facts in (tried, done):
        assert [(row["line"], row["message"]) for row in facts["problem_rows"]] == [
            (3, "Line 2 of this file says the same."), (1504, "Line 2 of this file says the same."),
        ]  # fmt: skip
        assert (facts["read"], facts["new"]) == (1503, 1501)
    assert Company.objects.filter(vat_number=ALFA).count() == 1


def test_namesakes_of_one_place_are_shown_and_come_in_all_the_same(bring: Any) -> None:
    far = "".join(f"Altra {n};\n" for n in range(1500))
    file = f"Nome;Città\nRossi S.r.l.;Brescia\nROSSI SRL;brescia\nRossi;Milano\n{far}Rossi srl;Brescia\n"
    tried, done = bring("company", file, dry=True), bring("company", file)
    assert [(one["new"], one["possible_duplicates"], one["problems"]) for one in (tried, done)] == [(1502, 2, 0)] * 2
    assert Company.objects.filter(name__iexact="rossi srl").count() == 2


def test_who_may_not_change_a_record_is_told(bring: Any, cast: Any) -> None:
    with act_as(cast["sara"], door="screen"):
        lead = Lead(last_name="Rossi", owner=cast["andrea"], team=cast["giulia"].team)
        lead.save()
    assert cast["giulia"].rights.covers(lead, "view")
    done = bring("lead", f"Numero;Città\n{lead.number};Roma\n", by="giulia")
    assert done["problem_rows"][0]["message"] == "Rossi is already there, and you may not change it."


def test_a_number_of_another_house_is_replaced_by_one_of_ours(bring: Any) -> None:
    assert bring("company", "Numero;Nome\nX-17;Alfa\nX-17;Beta\n")["problems"] == 1
    assert Company.objects.get().number == "AZ-00001"


def test_the_trash_is_not_looked_into(bring: Any, cast: Any) -> None:
    bring("company", f"Nome;P.IVA\nAlfa;{ALFA}\n")
    with act_as(cast["sara"], door="screen"):
        Company.objects.get().trash()
    assert bring("company", f"Nome;P.IVA\nAlfa;{ALFA}\n")["new"] == 1
