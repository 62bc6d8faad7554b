"""Every verb: on the screen and by the API alike, back again, and refused when it does not apply."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import models, transaction
from django.forms import CharField
from django.utils.module_loading import import_string

from fedele.base.verbs import verb_of
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.records.page.header import acts_of
from fedele.records.registry import registry
from tests.contract.reading import text_of
from tests.contract.verbs import arguments, bring_to

HTMX = {"HX-Request": "true"}
EVERY = [
    pytest.param(record_type, name, id=f"{record_type.key}-{name}")
    for record_type in registry
    for name in (*record_type.verbs, "trash")
]


def state(record: Any) -> dict[str, Any]:
    """All that is stored of a record but the moments, and what the journal says of it since it was made."""
    moments = {field.name for field in record._meta.concrete_fields if isinstance(field, models.DateTimeField)}
    row = type(record).objects.filter(pk=record.pk).values().get()
    entries = Entry.objects.filter(record_type=record.record_type, record_id=record.pk).order_by("id")
    told = [(entry.kind, sorted(entry.changes), _timeless(entry.data)) for entry in entries]
    return {**{name: value for name, value in row.items() if name not in moments}, "told": told}


def _timeless(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "seconds" and not isinstance(value, dt.datetime)}


def ready(record_type: RecordType, name: str, house: Any, person: Any) -> Any:
    with act_as(person("giulia"), door="screen"):
        record = bring_to(record_type, house.of(record_type), name)
    assert record is not None, f"nothing leads to {name}"
    return record


@pytest.mark.parametrize(("one", "name"), EVERY)
def test_does_the_same_on_the_screen_and_by_the_api_and_goes_back(
    one: RecordType, name: str, house: Any, as_: Any, api: Any, person: Any
) -> None:
    record = ready(one, name, house, person)
    described = verb_of(one.model, name)
    given = arguments(import_string(described.form), record) if described.form else {}
    before = state(record)
    by_api = None
    with transaction.atomic():
        if name != "trash":
            answer = api("giulia").post(
                f"/api/v1/{one.slug}/{record.pk}/{name}", json.dumps(_typed(given)), content_type="application/json"
            )
            assert answer.status_code == 200, answer.content
            by_api = state(record)
        transaction.set_rollback(True)
    if own := one.verb_url(record, name):
        assert as_("giulia").get(own).status_code == 200
        assert as_("giulia").get(one.url(record.pk, "do", name)).url == own
        return
    dialog = as_("giulia").get(one.url(record.pk, "do", name), headers=HTMX)
    assert dialog.status_code == 200
    assert str(described.label) in text_of(dialog.content.decode())
    response = as_("giulia").post(one.url(record.pk, "do", name), given, headers=HTMX)
    assert response.status_code == 200, text_of(response.content.decode())
    after = state(record)
    assert after != before
    assert by_api is None or after == by_api
    undo = json.loads(response.headers["HX-Trigger"])["toast"]["undo"]
    assert as_("giulia").post(undo).status_code == 302
    back = state(record)
    assert {**back, "version": 0, "told": 0} == {**before, "version": 0, "told": 0}


def _typed(given: dict[str, str]) -> dict[str, Any]:
    return {name: int(value) if value.isdigit() else value for name, value in given.items()}


@pytest.mark.parametrize(("one", "name"), EVERY)
def test_is_refused_when_it_does_not_apply(
    one: RecordType, name: str, house: Any, as_: Any, api: Any, person: Any
) -> None:
    described, record = verb_of(one.model, name), house.of(one)
    given = arguments(import_string(described.form), record) if described.form else {}
    for other in one.verbs:
        if not described.applies_to(record):
            break
        record = bring_to(one, record, other) or record
        if verb_of(one.model, other).applies_to(record) and not one.verb_url(record, other):
            form = import_string(verb_of(one.model, other).form) if verb_of(one.model, other).form else None
            as_("giulia").post(one.url(record.pk, "do", other), arguments(form, record) if form else {})
            record = one.model.objects.get(pk=record.pk)
    if described.applies_to(record):
        return
    before = state(record)
    assert name not in [act.verb.name for act in acts_of(one, record, person("giulia"))]
    if not one.verb_url(record, name):
        assert as_("giulia").post(one.url(record.pk, "do", name), given, headers=HTMX).status_code == 422
    answer = api("giulia").post(
        f"/api/v1/{one.slug}/{record.pk}/{name}", json.dumps(_typed(given)), content_type="application/json"
    )
    assert answer.status_code == 422
    assert state(record) == before


def test_wrong_arguments_are_named_and_nothing_happens(
    record_type: RecordType, house: Any, as_: Any, api: Any, person: Any
) -> None:
    giulia = as_("giulia")
    for name in record_type.verbs:
        described = verb_of(record_type.model, name)
        if not described.form:
            continue
        with transaction.atomic():
            record = ready(record_type, name, house, person)
            before = state(record)
            required = [(key, one) for key, one in import_string(described.form)().fields.items() if one.required]
            for key, one in required:
                # Any words will do for a plain text, but none will not.
                wrong = " " if type(one) is CharField else "nonsense"
                response = giulia.post(record_type.url(record.pk, "do", name), {key: wrong}, headers=HTMX)
                assert response.status_code == 422, (name, key)
                answer = api("giulia").post(
                    f"/api/v1/{record_type.slug}/{record.pk}/{name}",
                    json.dumps({key: wrong}),
                    content_type="application/json",
                )
                assert answer.status_code == 422, (name, key)
                assert key in answer.json()["fields"]
            assert state(record) == before
            transaction.set_rollback(True)


def test_what_is_no_verb_cannot_be_called(record_type: RecordType, house: Any, as_: Any, api: Any) -> None:
    record = house.of(record_type)
    for name in ("save", "delete", "erase", "put", "restore", "refresh_from_db", "gone", "note"):
        assert as_("sara").post(record_type.url(record.pk, "do", name)).status_code == 404
        assert api("sara").post(
            f"/api/v1/{record_type.slug}/{record.pk}/{name}", "{}", content_type="application/json"
        ).status_code in (404, 405)
    assert record_type.model.objects.get(pk=record.pk).version == record.version
