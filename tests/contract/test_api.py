"""The API: the same records as the screen for the same question, the same values, and a description that is true."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.utils import translation

from fedele.base.plain import plain
from fedele.base.verbs import verb_of
from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from fedele.records.filtering import Condition, operators_of
from tests.contract.making import asked, build, value_of
from tests.contract.reading import all_ids
from tests.contract.test_list import expected, values_for


def send(client: Any, method: str, url: str, body: Any) -> Any:
    return client.generic(method, url, json.dumps(body), content_type="application/json")


def every(client: Any, url: str) -> list[dict[str, Any]]:
    """All records of an API list, page after page."""
    found, after = [], ""
    while True:
        answer = client.get(f"{url}&after={after}" if after else url)
        assert answer.status_code == 200, answer.content
        found += answer.json()["items"]
        after = answer.json()["after"]
        if not after:
            return found


def as_written(record_type: RecordType, record: Any) -> dict[str, Any]:
    """The values of an unsaved record as a program sends them."""
    body: dict[str, Any] = {"custom": {}}
    for name, field in asked(record_type).items():
        value = field.value_of(record) if not field.is_relation or getattr(record, field.path) else None
        if value in (None, "", []):
            continue
        plainly = value.pk if field.is_relation else plain(value)
        if field.is_custom:
            body["custom"][name.partition(".")[2]] = plainly
        else:
            body[name] = plainly
    return body


def test_lists_the_same_records_as_the_screen(
    record_type: RecordType, house: Any, as_: Any, api: Any, person: Any
) -> None:
    """For every comparison what test_list.py holds the screen to; for one of each field the screen itself."""
    url, giulia = f"/api/v1/{record_type.slug}", person("giulia")
    for field in fields_of(record_type).values():
        for at, operator in enumerate(operators_of(field)):
            condition = str(Condition(field, operator, tuple(values_for(field, operator, house.of(record_type)))))
            address = urlencode({"f": condition, "edited": 1})
            listed = [row["id"] for row in every(api("giulia"), f"{url}?{address}&size=50")]
            assert listed == expected(record_type, giulia, address), condition
            assert at or listed == all_ids(as_("giulia"), f"{record_type.url()}?{address}"), condition


def test_pages_lead_through_the_list_in_its_order(record_type: RecordType, house: Any, as_: Any, api: Any) -> None:
    url, one = f"/api/v1/{record_type.slug}", house.of(record_type)
    for field in (one for one in fields_of(record_type).values() if one.sortable):
        for sign in ("", "-"):
            address = urlencode({"sort": f"{sign}{field.name}"})
            listed = [row["id"] for row in every(api("giulia"), f"{url}?{address}&size=2")]
            assert listed == all_ids(as_("giulia"), f"{record_type.url()}?{address}&edited=1"), address
    assert [row["id"] for row in every(api("giulia"), f"{url}?{urlencode({'q': str(one)})}&size=10")][:1] == [one.pk]


def test_reads_every_value_as_it_is_stored(record_type: RecordType, house: Any, api: Any) -> None:
    record = house.of(record_type)
    body = api("giulia").get(f"/api/v1/{record_type.slug}/{record.pk}").json()
    for name, field in fields_of(record_type).items():
        if field.is_custom:
            assert body["custom"][name.partition(".")[2]] == field.value_of(record), name
            continue
        assert name in body
        stored = getattr(record, field.path)
        if isinstance(stored, Decimal):
            assert Decimal(body[name]) == stored
        elif stored is not None and isinstance(field.field, models.DateTimeField):
            assert abs(field.field.to_python(body[name]) - stored) < dt.timedelta(milliseconds=1)
        else:
            assert body[name] == plain(stored), name
    assert (body["id"], body["number"], body["version"], body["title"]) == (
        record.pk,
        record.number,
        record.version,
        str(record),
    )


def test_creates_what_the_form_would_create(record_type: RecordType, house: Any, api: Any, person: Any) -> None:
    around = {type(records[0]): records[0] for key, records in house.records.items() if key != record_type.key}
    wanted = build(record_type, 9, person("giulia"), around=around)
    body = as_written(record_type, wanted)
    answer = send(api("giulia"), "POST", f"/api/v1/{record_type.slug}", body)
    assert answer.status_code == 201, answer.content
    made = record_type.model.objects.get(pk=answer.json()["id"])
    assert (made.owner, made.team, made.version) == (person("giulia"), person("giulia").team, 1)
    for name, field in asked(record_type).items():
        if not field.is_relation or getattr(wanted, field.path):
            assert field.value_of(made) == field.value_of(wanted), name
    entry = Entry.objects.get(record_type=record_type.key, record_id=made.pk, kind__endswith=".created")
    assert (entry.actor, entry.door) == (person("giulia"), "api")


def test_changes_one_field_and_tells_who_comes_second(record_type: RecordType, house: Any, api: Any) -> None:
    for name, field in asked(record_type).items():
        if field.is_relation:
            continue
        record = house.of(record_type)
        url, value = f"/api/v1/{record_type.slug}/{record.pk}", plain(value_of(field, 3))
        body = {"custom": {name.partition(".")[2]: value}} if field.is_custom else {name: value}
        answer = send(api("giulia"), "PATCH", url, {**body, "version": record.version})
        if answer.status_code == 422:
            assert set(answer.json()["fields"]) - {name}, (name, answer.content)
            continue
        assert answer.status_code == 200, (name, answer.content)
        assert plain(field.value_of(record_type.model.objects.get(pk=record.pk))) == (
            plain(field.field.to_python(value)) if field.field else value
        ), name
        late = send(api("sara"), "PATCH", url, {**body, "version": record.version + 7})
        assert late.status_code == 409, name
        assert late.json()["current"]["version"] == answer.json()["version"]


def test_unknown_and_closed_fields_are_refused(record_type: RecordType, house: Any, api: Any) -> None:
    record = house.of(record_type)
    before = record_type.model.objects.filter(pk=record.pk).values().get()
    closed = [name for name, field in fields_of(record_type).items() if not field.editable]
    for name in (*closed, "gone", "id", "trashed_at", "is_superuser", "pk"):
        answer = send(
            api("sara"), "PATCH", f"/api/v1/{record_type.slug}/{record.pk}", {name: 7, "version": record.version}
        )
        assert answer.status_code == 422, name
    assert (
        send(
            api("sara"),
            "PATCH",
            f"/api/v1/{record_type.slug}/{record.pk}",
            {"custom": {"gone": 1}, "version": record.version},
        ).status_code
        == 422
    )
    assert record_type.model.objects.filter(pk=record.pk).values().get() == before


def test_a_trashed_record_is_gone_and_undo_brings_it_back(
    record_type: RecordType, house: Any, api: Any, as_: Any
) -> None:
    record = house.of(record_type)
    url = f"/api/v1/{record_type.slug}/{record.pk}"
    assert api("giulia").delete(url).status_code == 204
    assert api("giulia").get(url).status_code == api("giulia").delete(url).status_code == 404
    entry = Entry.objects.filter(record_type=record_type.key, record_id=record.pk).latest("id")
    assert as_("giulia").post(f"/undo/{entry.pk}/").status_code == 302
    assert api("giulia").get(url).status_code == 200


def test_is_described(record_type: RecordType, house: Any, api: Any) -> None:
    schema = api("giulia").get("/api/v1/openapi.json").json()
    paths = schema["paths"]
    base = f"/api/v1/{record_type.slug}"
    listing = paths[base]["get"]
    assert {one["name"] for one in listing["parameters"]} >= {"f", "any", "q", "sort", "after", "size"}
    assert set(paths[f"{base}/{{pk}}"]) == {"get", "patch", "delete"}
    described = schema["components"]["schemas"]
    name = record_type.model.__name__
    assert set(asked(record_type)) - {one for one in asked(record_type) if "." in one} <= set(
        described[f"{name}Create"]["properties"]
    )
    assert set(fields_of(record_type)) - {one for one in fields_of(record_type) if "." in one} <= set(
        described[f"{name}Read"]["properties"]
    )
    for verb in record_type.verbs:
        with translation.override("en"):
            label = str(verb_of(record_type.model, verb).label)
        assert paths[f"{base}/{{pk}}/{verb}"]["post"]["summary"] == label
    for path, methods in paths.items():
        for method, one in methods.items():
            assert {"401"} <= set(one["responses"]), (path, method)
