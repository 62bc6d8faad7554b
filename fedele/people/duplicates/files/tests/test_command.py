"""`fedele duplicates`: any file in, pairs and reasons out."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from fedele.cli import main


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "names.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(capsys, *arguments: str) -> dict:
    assert main(["duplicates", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


ITALIAN = """Codice;Nome;Cognome;Telefono;Indirizzo;CAP;Città;Note
A1;Giuseppe;Belotti;030 3545678;via Mazzini 12;25121;Brescia;x
A2;Anna;Zanghellini;02 765432;via Po 3;20121;Milano;x
A3;G.;Bellotti;+390303545678;V. Mazzini, 12;25121;BRESCIA;x
"""


def test_an_italian_list_of_people(capsys, file):
    facts = run(capsys, file(ITALIAN))
    assert [(pair["a"], pair["b"], pair["verdict"], pair["lines"]) for pair in facts["pairs"]] == [
        ("A1", "A3", "same", [2, 4])
    ]
    assert facts["pairs"][0]["reasons"] == [
        "last name 88 % alike", "“G” can be short for “Giuseppe”", "same phone", "same address", "same city",
    ]  # fmt: skip
    assert facts["groups"] == [["A1", "A3"]]
    assert facts["columns"] == {
        "Codice": "ref", "Nome": "given", "Cognome": "surname", "Telefono": "phone", "Indirizzo": "street", "CAP": "postcode",
        "Città": "city",
    }  # fmt: skip


def test_companies_without_ids_are_told_by_their_lines(capsys, file):
    facts = run(capsys, file("name,address,city,phone,type\nArt's Deli,12224 Ventura Blvd,Studio City,818-762-1221,delis\n"
        "Spago,1114 Horn Ave,Hollywood,310-652-4025,american\nArts Delicatessen,12224 Ventura Boulevard,Studio City,818/762-1221,deli\n"))  # fmt: skip
    assert [(pair["a"], pair["b"]) for pair in facts["pairs"]] == [(2, 4)]
    assert facts["columns"] == {"name": "company", "address": "street", "city": "city", "phone": "phone"}


def test_columns_nobody_named_are_told_by_what_is_in_them(capsys, file):
    rows = [
        ("Mario Belotti", "m.belotti@acme.it", "via Roma 1"),
        ("Belotti Mario", "m.belotti@acme.it", "Via Roma, 1"),
        ("Anna Serra", "a@b.it", "via Po 3"),
    ]
    facts = run(
        capsys,
        file("chi,dove_scrivo,dove_sta\n" + "\n".join(f'{name},{mail},"{street}"' for name, mail, street in rows)),
    )
    assert facts["columns"] == {"chi": "name", "dove_scrivo": "email", "dove_sta": "street"}
    assert [pair["verdict"] for pair in facts["pairs"]] == ["same"]


def test_one_file_against_another(capsys, file):
    other = file(
        "id,first_name,last_name,mobile\n7,Giuseppe,Belotti,0039030 3545678\n8,Anna,Serra,333111222\n", "other.csv"
    )
    facts = run(capsys, file(ITALIAN), "--against", other)
    assert {(pair["a"], pair["b"]) for pair in facts["pairs"]} == {("A1", "7"), ("A3", "7")}


def test_columns_are_named_by_hand(capsys, file):
    path = file("a,b\nOfficine Zanghellini srl,Brescia\nOff. Zanghellini,Brescia\nAcme,Milano\n")
    facts = run(capsys, path, "--map", "a=company", "--map", "b=city")
    assert facts["columns"] == {"a": "company", "b": "city"}
    assert [(pair["a"], pair["b"]) for pair in facts["pairs"]] == [(2, 3)]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--map", "Nome"], "--map 'Nome' is not understood; write --map \"Column=field\"."),
        (["--map", "Nome=colour"], "There is no field 'colour'; there are:"),
        (["--map", "Altro=given"], "There is no column 'Altro'; there are: Codice, Nome,"),
        (["--against", "/nowhere.csv"], "There is no file /nowhere.csv."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(capsys, file, options, sentence):
    assert main(["duplicates", file(ITALIAN), *options]) == 1
    assert capsys.readouterr().err.startswith(sentence)


@pytest.mark.parametrize("text", ["", "a,b\n", "1\n2\n"])
def test_files_without_names_are_refused(capsys, file, text):
    assert main(["duplicates", file(text)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_for_people_at_a_terminal(capsys, file):
    assert main(["duplicates", file(ITALIAN)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1].endswith(
        "same  A1  A3  last name 88 % alike; “G” can be short for “Giuseppe”; same phone; same address; same city"
    )
    assert out[-1] == "3 rows, 1 pairs (1 certain), 1 groups."
