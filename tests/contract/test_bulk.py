"""One act on many records: the look before, the deed, the way back; and never a record one may not touch."""

from __future__ import annotations

import re
from typing import Any

from django.utils.module_loading import import_string

from fedele.base.verbs import verb_of
from fedele.journal.acting import act_as
from fedele.journal.models import Batch
from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from tests.contract.making import asked, typed, value_of, wrong
from tests.contract.reading import text_of
from tests.contract.verbs import arguments


def undo(client: Any) -> None:
    batch = Batch.objects.latest("id")
    assert client.get(f"/undo/batch/{batch.pk}/").status_code == 200
    assert client.post(f"/undo/batch/{batch.pk}/").status_code == 302


def stored(record_type: RecordType, house: Any) -> set[tuple[int, str, str]]:
    """(id, field, value) of all that is stored of the house's records, in a form whose differences can be read."""
    aside = {"version", "updated_at"}
    rows = record_type.model.objects.filter(pk__in=house.ids(record_type)).values()
    return {(row["id"], name, str(value)) for row in rows for name, value in row.items() if name not in aside}


def test_every_field_can_be_changed_for_all_and_taken_back(
    record_type: RecordType, house: Any, as_: Any, person: Any
) -> None:
    client, url = as_("sara"), f"{record_type.url()}bulk/change/"
    for name, field in asked(record_type).items():
        if field.is_relation:
            continue
        before = stored(record_type, house)
        data = {"all": "1", "query": "edited=1", "field": name}
        dialog = client.post(url, data)
        assert dialog.status_code == 200, name
        assert as_("sara").post(url, {**data, "value": "of the field chosen before", "go": ""}).status_code == 200, name
        assert stored(record_type, house) == before, name
        assert f"{len(house.ids(record_type))} records" in text_of(dialog.content.decode())
        value = value_of(field, 2)
        response = client.post(url, {**data, "value": typed(field, value), "go": "1"})
        assert response.status_code == 302, (name, text_of(response.content.decode())[-300:])
        for record in record_type.model.objects.filter(pk__in=house.ids(record_type)):
            skipped = field.value_of(record) != value
            assert not skipped or does_not_fit(record, name, value, person("sara")), name
        undo(client)
        assert stored(record_type, house) == before, name


def does_not_fit(record: Any, name: str, value: Any, by: Any) -> bool:
    """Is it left alone because the new value contradicts the rest of the record, or who gives it?"""
    from django.core.exceptions import ValidationError

    record.put({name: value})
    try:
        record.clean_fields(exclude=[one.name for one in record._meta.concrete_fields if one.name != name])
        with act_as(by):
            record.clean()
    except ValidationError:
        return True
    return False


def test_a_wrong_value_changes_nothing(record_type: RecordType, house: Any, as_: Any) -> None:
    before = stored(record_type, house)
    for name, field in asked(record_type).items():
        bad = wrong(field)
        if bad is None or (field.is_custom and field.kind == "text"):
            continue
        response = as_("sara").post(
            f"{record_type.url()}bulk/change/",
            {"all": "1", "query": "edited=1", "field": name, "value": bad, "go": "1"},
        )
        assert response.status_code in (302, 422), name
        assert stored(record_type, house) == before, name


def test_assigns_to_a_colleague_and_leaves_alone_what_one_may_not_change(
    record_type: RecordType, house: Any, as_: Any, who: str, person: Any
) -> None:
    user = person(who)
    ids = ",".join(map(str, house.ids(record_type)))
    url, data = f"{record_type.url()}bulk/assign/", {"ids": ids, "query": "edited=1"}
    response = as_(who).post(url, data)
    if not user.rights.may("edit", record_type.key):
        assert response.status_code == 404
        return
    mine = set(record_type.model.objects.visible_to(user, "edit").values_list("pk", flat=True))
    assert response.status_code == 200
    assert as_(who).post(url, {**data, "value": str(person("roberto").pk), "go": "1"}).status_code == 302
    changed = set(record_type.model.objects.filter(owner=person("roberto")).values_list("pk", flat=True)) - {
        house.of(record_type, "roberto").pk
    }
    assert changed == mine - {house.of(record_type, "roberto").pk}
    undo(as_(who))
    for record, owner in zip(
        record_type.model.objects.filter(pk__in=house.ids(record_type)).order_by("pk"),
        house.records[record_type.key],
        strict=True,
    ):
        assert (record.owner_id, record.team_id) == (owner.owner_id, owner.team_id)


def test_every_bulk_verb_works_on_all_it_applies_to_and_back(record_type: RecordType, house: Any, as_: Any) -> None:
    for name in (*record_type.verbs, "trash"):
        described = verb_of(record_type.model, name)
        url = f"{record_type.url()}bulk/{name}/"
        if not described.bulk:
            assert as_("sara").post(url, {"all": "1"}).status_code == 404
            continue
        ids = [
            record.pk
            for record in house.records[record_type.key]
            if described.applies_to(record_type.model.objects.get(pk=record.pk))
        ]
        given = arguments(import_string(described.form), house.of(record_type)) if described.form else {}
        before = stored(record_type, house)
        data = {"all": "1", "query": "edited=1"}
        assert as_("sara").post(url, data).status_code == 200
        assert as_("sara").post(url, {**data, **given, "go": "1"}).status_code == 302, name
        entries = Batch.objects.latest("id").entries.filter(record_type=record_type.key)
        assert set(entries.values_list("record_id", flat=True)) <= set(ids)
        assert entries.exists() is bool(ids), name
        undo(as_("sara"))
        assert stored(record_type, house) == before, name


def test_unknown_acts_and_fields_do_not_exist(record_type: RecordType, house: Any, as_: Any) -> None:
    assert as_("sara").post(f"{record_type.url()}bulk/save/", {"all": "1"}).status_code == 404
    assert as_("sara").post(f"{record_type.url()}bulk/erase/", {"all": "1", "go": "1"}).status_code == 404
    before = stored(record_type, house)
    for name in ("version", "number", "trashed_at", "created_at", "custom", "pk", "gone"):
        as_("sara").post(
            f"{record_type.url()}bulk/change/",
            {"all": "1", "query": "edited=1", "field": name, "value": "7", "go": "1"},
        )
    assert stored(record_type, house) == before
    assert re.fullmatch(r"[a-z-]+", record_type.slug)
    assert fields_of(record_type)["number"].editable is False
