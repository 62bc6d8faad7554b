"""The form: what is typed is what the page shows and the next form holds; two people at once; quick create."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.text import capfirst

from fedele.records.declare import RecordType
from tests.contract.making import asked, build, posted, typed, wrong
from tests.contract.reading import text_of, value_in


def fresh(record_type: RecordType, house: Any, n: int, owner: Any) -> dict[str, Any]:
    """What somebody types for record number n, pointing at records of the house."""
    around = {type(records[0]): records[0] for key, records in house.records.items() if key != record_type.key}
    data = posted(record_type, build(record_type, n, owner, around=around))
    return {name: value for name, value in data.items() if value != ""}


def same(record_type: RecordType, record: Any, data: dict[str, Any]) -> None:
    for name, field in asked(record_type).items():
        if name in data or not field.is_relation:
            value = field.value_of(record) if not field.is_relation or getattr(record, field.path) else None
            assert typed(field, value) == data.get(name, ""), name


def test_what_is_typed_is_stored_shown_and_offered_again(
    record_type: RecordType, house: Any, as_: Any, person: Any
) -> None:
    giulia, client = person("giulia"), as_("giulia")
    data = fresh(record_type, house, 9, giulia)
    assert client.get(f"{record_type.url()}new/").status_code == 200
    response = client.post(f"{record_type.url()}new/", data)
    assert response.status_code == 302, text_of(response.content.decode())
    record = record_type.model.objects.latest("pk")
    assert response.url == record_type.url(record.pk)
    assert (record.owner, record.team, record.version) == (giulia, giulia.team, 1)
    same(record_type, record, data)
    html = client.get(response.url).content.decode()
    for name, field in asked(record_type).items():
        assert capfirst(str(field.label)) in text_of(html), name
        if field.kind in ("text", "email") and not field.is_custom:
            assert escape(str(field.value_of(record))) in html, name
    again = client.get(f"{record_type.url(record.pk)}edit/").content.decode()
    assert value_in(again, "version") == "1"
    for name, field in asked(record_type).items():
        if field.kind in ("text", "email", "url", "number"):
            assert escape(str(field.value_of(record))) in again, name


def test_saving_an_untouched_form_changes_nothing(record_type: RecordType, house: Any, as_: Any) -> None:
    for owner in ("giulia", "luca"):
        record = house.of(record_type, owner)
        data = {**posted(record_type, record), "version": record.version}
        assert as_("sara").post(record_type.url(record.pk, "edit"), data).status_code == 302
        assert record_type.model.objects.get(pk=record.pk).version == record.version


def test_every_field_can_be_changed_by_the_form(record_type: RecordType, house: Any, as_: Any, person: Any) -> None:
    record = house.of(record_type)
    data = fresh(record_type, house, 10, person("giulia"))
    response = as_("giulia").post(record_type.url(record.pk, "edit"), {**data, "version": record.version})
    assert response.status_code == 302, text_of(response.content.decode())[-600:]
    changed = record_type.model.objects.get(pk=record.pk)
    assert changed.version == record.version + 1
    same(record_type, changed, {**posted(record_type, record), **data})


def test_each_wrong_value_is_named_at_its_field_and_nothing_is_stored(
    record_type: RecordType, house: Any, as_: Any
) -> None:
    record, count = house.of(record_type), record_type.model.objects.count()
    good = {**posted(record_type, record), "version": record.version}
    for name, field in asked(record_type).items():
        bad = wrong(field)
        for given in ([bad] if bad else []) + ([""] if field.required else []):
            for url, data in ((record_type.url(record.pk, "edit"), good), (f"{record_type.url()}new/", good)):
                response = as_("giulia").post(url, {**data, name: given})
                assert response.status_code == 422, (name, given)
                html = response.content.decode()
                assert f'id="field-{name}"' in html
                assert 'class="error"' in html.partition(f'id="field-{name}"')[2].partition('id="field-')[0], (
                    name,
                    given,
                )
    assert record_type.model.objects.get(pk=record.pk).version == record.version
    assert record_type.model.objects.count() == count


def test_who_saves_second_sees_both_values_and_chooses(record_type: RecordType, house: Any, as_: Any) -> None:
    record = house.of(record_type)
    name = next(name for name, field in asked(record_type).items() if field.kind == "text" and not field.is_custom)
    read = {**posted(record_type, record), "version": record.version}
    url = record_type.url(record.pk, "edit")
    assert as_("sara").post(url, {**read, name: "Theirs & saved"}).status_code == 302
    met = as_("giulia").post(url, {**read, name: "Mine <b>"})
    assert met.status_code == 409
    html = met.content.decode()
    assert "Theirs &amp; saved" in html
    assert "Mine &lt;b&gt;" in html
    assert getattr(record_type.model.objects.get(pk=record.pk), name) == "Theirs & saved"
    chosen = {**read, name: "Mine <b>", "version": value_in(html, "version"), f"take-{name}": "mine"}
    assert as_("giulia").post(url, chosen).status_code == 302
    assert getattr(record_type.model.objects.get(pk=record.pk), name) == "Mine <b>"


def test_quick_create_asks_little_and_makes_a_record(
    record_type: RecordType, house: Any, as_: Any, person: Any
) -> None:
    giulia, url = person("giulia"), f"{record_type.url()}quick/"
    htmx = {"HX-Request": "true"}
    html = as_("giulia").get(url, headers=htmx).content.decode()
    names = set(record_type.form.quick or record_type.form.sections[0].fields)
    data = {name: value for name, value in fresh(record_type, house, 9, giulia).items() if name in names}
    for name in names:
        assert f'name="{name}"' in html, name
    assert as_("giulia").post(url, {}, headers=htmx).status_code == 422
    response = as_("giulia").post(url, data, headers=htmx)
    record = record_type.model.objects.latest("pk")
    assert response.headers["HX-Redirect"] == record_type.url(record.pk)
    assert record.owner == giulia
    for name in data.keys() & asked(record_type).keys():
        field = asked(record_type)[name]
        assert typed(field, field.value_of(record)) == data[name]
    more = as_("giulia").post(url, {**data, "more": "1"}, headers=htmx)
    assert more.headers["HX-Redirect"].startswith(f"{record_type.url()}new/?")
    assert as_("giulia").get(more.headers["HX-Redirect"]).status_code == 200


def test_a_new_record_can_be_taken_back_at_once(record_type: RecordType, house: Any, as_: Any, person: Any) -> None:
    from fedele.journal.models import Entry

    as_("giulia").post(f"{record_type.url()}new/", fresh(record_type, house, 9, person("giulia")))
    record = record_type.model.objects.latest("pk")
    entry = Entry.objects.filter(record_type=record_type.key, record_id=record.pk).earliest("id")
    assert as_("giulia").post(f"/undo/{entry.pk}/").status_code == 302
    assert record_type.model.objects.get(pk=record.pk).is_trashed


def test_only_editable_fields_are_taken_from_a_form(record_type: RecordType, house: Any, as_: Any) -> None:
    """Whatever else a browser sends: number, version, dates, ids and fields the form does not ask for stay as they are."""
    record = house.of(record_type)
    before = record_type.model.objects.filter(pk=record.pk).values().get()
    closed = {field.name: "7" for field in record_type.model._meta.concrete_fields if not field.editable}
    data = {
        **posted(record_type, record),
        **closed,
        "id": "999",
        "pk": "999",
        "custom.gone": "x",
        "trashed_at": "2026-01-01",
        "version": record.version,
    }
    assert as_("giulia").post(record_type.url(record.pk, "edit"), data).status_code == 302
    assert record_type.model.objects.filter(pk=record.pk).values().get() == before
