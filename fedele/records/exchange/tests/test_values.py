"""What cells become: by the country of the record they mean, by names, by choices in either language."""

from __future__ import annotations

from typing import Any

from fedele.access.models import User
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.exchange.models import Problem
from fedele.records.models import CustomField
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import Stage


def test_cells_are_read_by_the_country_of_their_row(bring: Any) -> None:
    done = bring(
        "company",
        "Nome;Telefono;Partita IVA;CAP;Provincia;Nazione\n"
        "Rossi;030 2000000;01234567897;25121;Brescia;\n"
        "Müller GmbH;089 636480;136695976;80331;Bayern;Germania\n"
        "Dupont;01 42 68 53 00;;75001;Île-de-France;FR\n"
        "Falsch;089 636480;123;80331;;Deutschland\n"
        "Nirgends;089 636480;;;;Atlantide\n",
    )
    assert (done["new"], [row["line"] for row in done["problem_rows"]]) == (3, [5, 6])
    found = {c.name: (c.phone, c.vat_number, c.postcode, c.province, c.country) for c in Company.objects.all()}
    assert found == {
        "Rossi": ("+390302000000", "01234567897", "25121", "BS", "IT"),
        "Müller GmbH": ("+4989636480", "DE136695976", "80331", "Bayern", "DE"),
        "Dupont": ("+33142685300", "", "75001", "Île-de-France", "FR"),
    }


def test_without_a_country_column_the_record_a_row_means_decides(bring: Any) -> None:
    bring("company", "Nome;Nazione;Partita IVA\nMüller GmbH;DE;136695976\n")
    number = Company.objects.get().number
    assert bring("company", f"Numero;Telefono\n{number};089 636480\n")["updated"] == 1
    assert Company.objects.get().phone == "+4989636480"
    assert bring("company", "Partita IVA;Telefono\nDE136695976;089 6364 999\n")["updated"] == 1
    assert Company.objects.get().phone == "+49896364999"


def test_addresses_of_mail_are_stored_alike_whoever_wrote_them(bring: Any) -> None:
    bring("contact", "Cognome;E-mail\nRossi;Mario Rossi <Mario.ROSSI@Example.com>\n")
    assert Contact.objects.get().email == "mario.rossi@example.com"


def test_a_row_may_be_wrong_in_many_ways_and_says_all_of_them(bring: Any) -> None:
    done = bring(
        "company",
        f"Ragione sociale;P.IVA;Tipo;E-mail;CAP;Provincia\n"
        f"{'x' * 301};1;boh;niente;abc;XX\n;01234567897;;;;\nGiusta;;customer;;25121;BS\nAltrove;;;;25121;MI\n",
        Tipo="kind",
    )
    assert (done["read"], done["new"], done["problems"]) == (4, 1, 3)
    wrong = [(row["line"], row["column"]) for row in done["problem_rows"]]
    assert wrong == [
        (2, "P.IVA"), (2, "Ragione sociale"), (2, "Tipo"), (2, "E-mail"), (2, "CAP"), (2, "Provincia"),
        (3, "Ragione sociale"), (5, "CAP"),
    ]  # fmt: skip
    said = {row["column"]: row["message"] for row in done["problem_rows"] if row["line"] == 2}
    assert said["Ragione sociale"] == "This is too long: 301 characters, at most 300 fit."
    assert said["Tipo"].startswith("“boh” is not one of the choices: prospect, customer")
    assert Problem.objects.count() == 3
    assert Company.objects.get().kind == "customer"


def test_named_records_are_found_however_they_are_written_or_made_with_a_journal(bring: Any, cast: Any) -> None:
    bring("company", "Nome\nOfficine Bianchi S.r.l.\n")
    done = bring(
        "contact",
        "Nome;Cognome;Azienda\nAnna;Sala;OFFICINE BIANCHI SRL\nLuca;Neri;Nuova Azienda\nEva;Riva;nuova azienda\nUgo;;Mai Fatta\n",
    )
    # Ugo has only a first name, which stands in for the last.
    assert (done["new"], done["problems"]) == (4, 0)
    assert sorted(Company.objects.values_list("name", flat=True)) == [
        "Mai Fatta",
        "Nuova Azienda",
        "Officine Bianchi S.r.l.",
    ]
    assert Contact.objects.get(last_name="Sala").company.name == "Officine Bianchi S.r.l."
    nuova = Company.objects.get(name="Nuova Azienda")
    assert nuova.owner == cast["sara"]
    assert nuova.number.startswith("AZ-")
    assert set(nuova.contacts.values_list("last_name", flat=True)) == {"Neri", "Riva"}
    assert Entry.objects.get(kind="company.created", record_id=nuova.pk).data == {"source": "list.csv"}


def test_nothing_is_made_for_the_sake_of_a_row_that_stays_out(bring: Any) -> None:
    bring("contact", "Cognome;E-mail;Azienda\nRossi;niente;Fantasma\n")
    assert not Company.objects.exists()


def test_of_two_with_one_name_none_is_guessed(bring: Any) -> None:
    bring("company", "Nome;Città\nRossi;Brescia\nRossi;Milano\n")
    _first, second = Company.objects.order_by("pk")
    done = bring("contact", f"Cognome;Azienda\nSala;Rossi\nRiva;{second.number}\n")
    assert done["problem_rows"] == [
        {
            "line": 2,
            "column": "Azienda",
            "message": "2 records are called “Rossi”: give the number of the one you mean.",
        }
    ]
    assert Contact.objects.get().company == second
    # Who is already there keeps the one they have.
    again = bring("contact", f"Numero;Azienda;Ruolo\n{Contact.objects.get().number};Rossi;CEO\n")
    assert (again["updated"], Contact.objects.get().company) == (1, second)


def test_groups_are_put_together_whichever_row_comes_first(bring: Any) -> None:
    rows = (
        "Nome;Parte di;Città\nFiglia A;Madre;Brescia\n"
        + "".join(f"Altra {n};;\n" for n in range(1100))
        + "Madre;Nonna;Milano\nNonna;;Torino\nFiglia B;Madre;\n"
    )
    done = bring("company", rows, **{"Parte di": "parent"})
    assert (done["read"], done["problems"]) == (1104, 0)
    assert Company.objects.count() == 1104
    madre = Company.objects.get(name="Madre")
    assert (madre.city, madre.parent.name) == ("Milano", "Nonna")
    assert {c.name for c in madre.subsidiaries.all()} == {"Figlia A", "Figlia B"}


def test_stages_come_by_name_and_a_change_of_stage_is_a_passage(bring: Any) -> None:
    first, quote, order = Stage.objects.filter(probability__in=(10, 50, 90)).order_by("position")
    bring(
        "opportunity",
        f"Trattativa;Azienda;Fase;Importo;Chiusura\nPressa;Alfa;{quote};12.500,50;31/12/2026\nTornio;Alfa;;1000;\n",
    )
    pressa, tornio = Opportunity.objects.get(name="Pressa"), Opportunity.objects.get(name="Tornio")
    assert (pressa.stage, pressa.probability, str(pressa.amount), str(pressa.closes_on)) == (
        quote,
        50,
        "12500.50",
        "2026-12-31",
    )
    assert (tornio.stage, tornio.probability) == (first, 10)
    assert bring("opportunity", f"Numero;Fase\n{pressa.number};{order}\n")["updated"] == 1
    pressa.refresh_from_db()
    assert (pressa.stage, pressa.probability) == (order, 90)
    assert Entry.objects.get(kind="opportunity.moved").data["stage"] == order.name
    assert (
        bring("opportunity", f"Numero;Fase\n{pressa.number};Fasulla\n")["problem_rows"][0]["message"]
        == "“Fasulla” is not known here."
    )


def test_points_of_codes_do_not_decide_about_amounts(bring: Any) -> None:
    rows = "".join(f"Macchina {n};Alfa;1234,5{n};62.0{n}\n" for n in range(9))
    done = bring("opportunity", f"Trattativa;Azienda;Importo;Ateco\n{rows}Altra;Alfa;;62.01\nUltima;Alfa;;62.02\n")
    assert done["problems"] == 0
    assert str(Opportunity.objects.get(name="Macchina 7").amount) == "1234.57"


def test_the_companys_own_fields_come_in_too(bring: Any) -> None:
    for key, label, kind, choices in (
        ("visits", "Visite", "number", []), ("margin", "Margine", "money", []), ("since", "Dal", "date", []),
        ("vip", "VIP", "yesno", []),
        ("mood", "Umore", "choice", ["Good", "So, so"]), ("tags", "Etichette", "multi", ["a", "b, c", "d"]),
    ):  # fmt: skip
        CustomField.objects.create(record_type="company", key=key, label=label, kind=kind, choices=choices)
    from fedele.records.fields import forget_custom_fields

    forget_custom_fields()
    done = bring(
        "company",
        'Nome;Visite;Margine;Dal;VIP;Umore;Etichette\nAlfa;3;1,25;31/01/2026;sì;so so;"d, b, c"\nBeta;tre;;;;pessimo;z\n',
    )
    assert (done["new"], len(done["problem_rows"])) == (1, 3)
    assert Company.objects.get().custom == {
        "visits": 3,
        "margin": 1.25,
        "since": "2026-01-31",
        "vip": True,
        "mood": "So, so",
        "tags": ["d", "b, c"],
    }


def test_choices_in_both_languages_and_defaults_where_nothing_is_said(bring: Any, cast: User) -> None:
    bring("lead", "Cognome;Origine;Fase\nRossi;fair;hot\nNeri;bought list;\n", Fase="stage")
    assert list(Lead.objects.order_by("pk").values_list("source", "stage")) == [("fair", "hot"), ("list", "suspect")]


def test_a_group_in_a_circle_is_no_group(bring: Any) -> None:
    done = bring("company", "Nome;Parte di\nA;B\nB;C\nC;A\nD;A\n", **{"Parte di": "parent"})
    assert done["problem_rows"] == [
        {"line": 4, "column": "Parte di", "message": "The rows of this file name each other in a circle."}
    ]
