"""A field edited where it stands: good, wrong, taken by somebody else meanwhile, and not there for whom it is hidden."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from tests.contract.making import asked, typed, value_of, wrong
from tests.contract.test_bulk import does_not_fit

HTMX = {"HX-Request": "true"}


def was(html: str) -> str:
    found = re.search(r'name="was"[^>]*value="([^"]*)"', html)
    assert found, html
    return unescape(found.group(1))


def test_every_field_can_be_changed_in_its_place_and_taken_back(record_type: RecordType, house: Any, as_: Any) -> None:
    client = as_("giulia")
    for name, field in asked(record_type).items():
        if field.is_relation:
            continue
        record = house.of(record_type)
        url = record_type.url(record.pk, "cell", name)
        editor = client.get(url)
        assert editor.status_code == 200, name
        value = value_of(field, 3)
        data = {
            name: typed(field, value),
            "was": was(editor.content.decode()),
            "box": name if field.kind in ("yesno", "multi") else "",
        }
        if data[name] == "":
            del data[name]
        response = client.post(f"{url}?place=page", data, headers=HTMX)
        if response.status_code == 422:
            assert name in _linked_fields(record_type, record, name, value), (name, response.content.decode())
            continue
        assert response.status_code == 200, (name, response.content.decode())
        changed = record_type.model.objects.get(pk=record.pk)
        assert typed(field, field.value_of(changed)) == typed(field, value), name
        if changed.version == record.version:
            continue
        assert response.headers["X-Version"] == str(changed.version)
        undo = json.loads(response.headers["HX-Trigger"])["toast"]["undo"]
        assert client.post(undo).status_code == 302
        back = record_type.model.objects.get(pk=record.pk)
        assert field.value_of(back) == field.value_of(record), name


def _linked_fields(record_type: RecordType, record: Any, name: str, value: Any) -> set[str]:
    """Fields the record's own rules refuse with this value: a postcode that is not in its province."""
    from django.core.exceptions import ValidationError

    record.put({name: value})
    try:
        record.clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


def test_a_relation_is_chosen_among_what_one_sees(record_type: RecordType, house: Any, as_: Any) -> None:
    for name, field in asked(record_type).items():
        if not field.is_relation or not hasattr(field.target, "record_type") or field.target is record_type.model:
            continue
        record = house.of(record_type)
        url, other = record_type.url(record.pk, "cell", name), house.records[field.target.record_type][1]
        response = as_("giulia").post(url, {name: str(other.pk)}, headers=HTMX)
        assert response.status_code in (200, 422)
        assert (
            as_("giulia").post(url, {name: str(house.trashed[field.target.record_type].pk)}, headers=HTMX).status_code
            == 422
        )
        assert as_("giulia").post(url, {name: "999999"}, headers=HTMX).status_code == 422


def test_a_wrong_value_is_refused_in_words_and_nothing_is_stored(record_type: RecordType, house: Any, as_: Any) -> None:
    record = house.of(record_type)
    for name, field in asked(record_type).items():
        bad = wrong(field)
        if bad is None:
            continue
        response = as_("giulia").post(record_type.url(record.pk, "cell", name), {name: bad, "box": name}, headers=HTMX)
        assert response.status_code == 422, name
        assert response.content.decode().strip(), name
    assert record_type.model.objects.get(pk=record.pk).version == record.version


def test_who_saves_second_is_told_and_may_insist(record_type: RecordType, house: Any, as_: Any, person: Any) -> None:
    for name, field in asked(record_type).items():
        if field.kind not in ("text", "number", "money", "date") or field.is_custom:
            continue
        record = house.of(record_type)
        if does_not_fit(house.of(record_type), name, value_of(field, 4), person("sara")):
            continue
        url = record_type.url(record.pk, "cell", name)
        seen = was(as_("giulia").get(url).content.decode())
        assert (
            as_("sara").post(url, {name: typed(field, value_of(field, 4)), "was": seen}, headers=HTMX).status_code
            == 200
        )
        theirs = record_type.model.objects.get(pk=record.pk)
        clash = as_("giulia").post(url, {name: typed(field, value_of(field, 5)), "was": seen}, headers=HTMX)
        assert clash.status_code == 409, name
        assert record_type.model.objects.get(pk=record.pk).version == theirs.version
        insisted = as_("giulia").post(
            url,
            {name: typed(field, value_of(field, 5)), "was": was(clash.content.decode()), "clash": "1"},
            headers=HTMX,
        )
        assert insisted.headers.get("HX-Redirect"), name
        assert typed(field, field.value_of(record_type.model.objects.get(pk=record.pk))) == typed(
            field, value_of(field, 5)
        )


def test_what_is_no_editable_field_has_no_editor(record_type: RecordType, house: Any, as_: Any) -> None:
    record, count = house.of(record_type), Entry.objects.count()
    closed = [name for name, field in fields_of(record_type).items() if not field.editable]
    assert "number" in closed
    for name in (*closed, "version", "custom", "custom.gone", "gone", "__class__", "pk"):
        for response in (
            as_("sara").get(record_type.url(record.pk, "cell", name)),
            as_("sara").post(record_type.url(record.pk, "cell", name), {name: "1"}),
        ):
            assert response.status_code == 404, name
    assert Entry.objects.count() == count
