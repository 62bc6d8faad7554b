from __future__ import annotations

import pytest
from django.test import Client

from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.records.fields import fields_of, forget_custom_fields
from fedele.records.models import CustomField
from fedele.records.registry import registry
from fedele.setup.fields.keys import key_from

NEW = "/setup/fields/new/company/"


@pytest.fixture(autouse=True)
def forget_fields() -> None:
    forget_custom_fields()


def test_a_new_field_stands_everywhere(as_sara: Client) -> None:
    data = {"label": "Macchine installate", "kind": "choice", "choices": "Pressa\nTornio\n\nPressa\n", "help_text": ""}
    assert as_sara.post(NEW, data).status_code == 302
    field = fields_of(registry.by_key("company"))["custom.macchine_installate"]
    assert (field.label, field.kind, [value for value, _label in field.choices]) == (
        "Macchine installate",
        "choice",
        ["Pressa", "Tornio"],
    )
    company = Company(name="Rinaldi")
    company.put({"custom.macchine_installate": "Tornio"})
    company.save()
    assert "Tornio" in as_sara.get(f"/companies/{company.pk}/").content.decode()
    assert Entry.objects.filter(kind="customfield.added").get().data["key"] == "macchine_installate"


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"label": "", "kind": "text"}, "id_label"),
        ({"label": "Colore", "kind": "choice", "choices": " \n "}, "id_choices"),
        ({"label": "Colore", "kind": "multi", "choices": "rosso, scuro"}, "id_choices"),
        ({"label": "Colore", "kind": "nothing"}, "id_kind"),
        ({"label": "taken", "kind": "text"}, "id_label"),
        ({"label": "x" * 81, "kind": "text"}, "id_label"),
    ],
)
def test_mistakes_are_said_at_the_field(as_sara: Client, data: dict[str, str], wrong: str) -> None:
    CustomField.objects.create(record_type="company", key="taken", label="Taken")
    response = as_sara.post(NEW, data)
    assert response.status_code == 422
    assert f'id="{wrong}-error"' in response.content.decode()
    assert CustomField.objects.count() == 1


def test_keys_are_made_from_names() -> None:
    names = ("Macchine installate (n.)", "Città", "2 anni", "…", "a" * 80)
    assert [key_from(name) for name in names] == ["macchine_installate_n", "citta", "f_2_anni", "f", "a" * 36]


def test_deleting_says_how_many_values_there_are_and_keeps_them(as_sara: Client) -> None:
    row = CustomField.objects.create(record_type="company", key="colore", label="Colore")
    for name, custom in (
        ("one", {"colore": "rosso"}),
        ("two", {"colore": "blu"}),
        ("three", {"colore": None}),
        ("four", {}),
    ):
        Company.objects.create(name=name, custom=custom)
    path = f"/setup/fields/{row.pk}/delete/"
    assert "2 " in as_sara.get(path, headers={"HX-Request": "true"}).content.decode()
    as_sara.post(path)
    assert not CustomField.objects.exists()
    assert Company.objects.get(name="one").custom == {"colore": "rosso"}
    assert as_sara.post(NEW, {"label": "Colore", "kind": "number"}).status_code == 422
    assert as_sara.post(NEW, {"label": "Colore", "kind": "text"}).status_code == 302


def test_the_kind_stays(as_sara: Client) -> None:
    row = CustomField.objects.create(record_type="company", key="colore", label="Colore", kind="text")
    as_sara.post(
        f"/setup/fields/{row.pk}/", {"label": "Tinta", "kind": "number", "key": "other", "record_type": "lead"}
    )
    row.refresh_from_db()
    assert (row.label, row.kind, row.key, row.record_type) == ("Tinta", "text", "colore", "company")


def test_order_is_changed_by_hand(as_sara: Client) -> None:
    rows = [CustomField.objects.create(record_type="company", key=key, label=key.upper()) for key in "abc"]
    as_sara.post(f"/setup/fields/{rows[2].pk}/move/", {"by": "-1"})
    as_sara.post(f"/setup/fields/{rows[0].pk}/move/", {"by": "1"})
    as_sara.post(f"/setup/fields/{rows[0].pk}/move/", {"by": "1"})
    as_sara.post(f"/setup/fields/{rows[0].pk}/move/", {"by": "1"})
    assert "".join(CustomField.objects.values_list("key", flat=True)) == "cba"


def test_unknown_record_types_are_not_there(as_sara: Client) -> None:
    assert as_sara.get("/setup/fields/new/nothing/").status_code == 404
    assert as_sara.get("/setup/fields/?of=nothing").status_code == 404
