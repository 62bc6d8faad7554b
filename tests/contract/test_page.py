"""The page of a record and what it fetches: peek, timeline, history of a field, notes, its place in the list, the picker."""

from __future__ import annotations

import re
from typing import Any

from django.utils.text import capfirst

from fedele.journal.models import Entry
from fedele.journal.sentences import sentence_of
from fedele.records.declare import RecordType, Related
from fedele.records.fields import fields_of
from fedele.records.registry import registry
from tests.contract.making import asked, typed, value_of, word
from tests.contract.reading import option_ids, row_ids, text_of

HTMX = {"HX-Request": "true"}


def test_the_page_has_all_fields_what_happened_and_what_belongs_to_it(
    record_type: RecordType, house: Any, as_: Any
) -> None:
    record = house.of(record_type)
    html = as_("giulia").get(f"{record_type.url(record.pk)}?panels=1").content.decode()
    for field in asked(record_type).values():
        assert capfirst(str(field.label)) in text_of(html), field.name
    assert record.number in text_of(html)
    made = Entry.objects.filter(record_type=record_type.key, record_id=record.pk).earliest("id")
    assert capfirst(sentence_of(made.kind, made.data)) in text_of(html)
    for panel in record_type.page.panels:
        if isinstance(panel, Related):
            target = registry.by_key(panel.record_type)
            there = target.model.objects.filter(**{panel.by: record}, trashed_at=None)
            assert all(target.url(other.pk) in html for other in there)


def test_the_peek_is_a_part_and_the_address_of_it_a_page(record_type: RecordType, house: Any, as_: Any) -> None:
    url = record_type.url(house.of(record_type).pk)
    part = as_("giulia").get(f"{url}peek/", headers=HTMX).content.decode()
    assert "<html" not in part
    assert str(house.of(record_type)) in text_of(part)
    assert as_("giulia").get(f"{url}peek/").url == url


def test_the_timeline_tells_everything_once_page_by_page(
    record_type: RecordType, house: Any, as_: Any, person: Any
) -> None:
    record, client = house.of(record_type), as_("giulia")
    url = record_type.url(record.pk)
    for n in range(45):
        assert client.post(f"{url}note/", {"text": f"Note number {n:02}."}, headers=HTMX).status_code == 204
    address, told = f"{url}timeline/", []
    for _page in range(5):
        html = client.get(address, headers=HTMX).content.decode()
        told += re.findall(r'id="entry-(\d+)"', html)
        older = re.search(r"before=([^\"&]+)", html)
        if not older:
            break
        address = f"{url}timeline/?before={older.group(1)}"
    seen = {
        one.key: set(one.model.objects.visible_to(person("giulia")).values_list("pk", flat=True)) for one in registry
    }
    entries = [
        entry for entry in Entry.objects.about(record_type.key, record.pk) if entry.record_id in seen[entry.record_type]
    ]
    assert len(told) == len(set(told)) == len(entries) >= 46
    one = client.get(f"{url}timeline/", {"q": "number 07"}, headers=HTMX).content.decode()
    assert re.findall(r"Note number \d\d", text_of(one)) == ["Note number 07"]
    notes = client.get(f"{url}timeline/", {"show": "notes"}, headers=HTMX).content.decode()
    assert "Note number 44" in notes
    assert "Created" not in text_of(notes)


def test_the_history_of_a_field_tells_its_values(record_type: RecordType, house: Any, as_: Any) -> None:
    record, client = house.of(record_type), as_("giulia")
    for name, field in asked(record_type).items():
        if field.kind != "text":
            continue
        for n in (7, 8):
            assert (
                client.post(
                    record_type.url(record.pk, "cell", name), {name: typed(field, value_of(field, n))}, headers=HTMX
                ).status_code
                == 200
            )
        html = client.get(record_type.url(record.pk, "history", name), headers=HTMX).content.decode()
        assert text_of(html).index(str(value_of(field, 8))) < text_of(html).index(str(value_of(field, 0)))
        assert "Giulia Bassi" in text_of(html)
    for name in fields_of(record_type):
        assert client.get(record_type.url(record.pk, "history", name)).status_code == 200, name
    assert client.get(record_type.url(record.pk, "history", "gone")).status_code == 404


def test_its_place_in_the_list_leads_through_the_list(record_type: RecordType, house: Any, as_: Any) -> None:
    client = as_("sara")
    for sort in (
        "",
        f"&sort={record_type.listing.order}",
        *(f"&sort=-{field.name}" for field in fields_of(record_type).values() if field.sortable),
    ):
        query = f"edited=1{sort}"
        ids = row_ids(client.get(f"{record_type.url()}?{query}").content.decode())
        for at, key in enumerate(ids):
            html = client.get(f"{record_type.url(key)}place/", {"from": query}, headers=HTMX).content.decode()
            assert f"{at + 1} of {len(ids)}" in text_of(html), sort
            neighbours = [int(found) for found in re.findall(rf'href="/{record_type.slug}/(\d+)/', html)]
            assert neighbours == ids[max(at - 1, 0) : at] + ids[at + 1 : at + 2], sort


def test_the_picker_finds_by_what_is_typed(record_type: RecordType, house: Any, as_: Any) -> None:
    for n, record in enumerate(house.records[record_type.key]):
        html = as_("sara").get(f"/pick/{record_type.key}/", {"q": word(n)}).content.decode()
        assert option_ids(html) == {record.pk}
    assert option_ids(as_("sara").get(f"/pick/{record_type.key}/").content.decode()) == set(house.ids(record_type))
    assert as_("sara").get("/pick/gone/").status_code == 404


def test_a_note_is_kept_shown_and_taken_back(record_type: RecordType, house: Any, as_: Any) -> None:
    url = record_type.url(house.of(record_type).pk)
    as_("chiara").post(f"{url}note/", {"text": "Called: wants a quote <soon>."}, headers=HTMX)
    html = as_("chiara").get(f"{url}timeline/", headers=HTMX).content.decode()
    assert "Called: wants a quote <soon>." in text_of(html)
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.actor.first_name, entry.door) == (f"{record_type.key}.noted", "Chiara", "screen")
    assert as_("luca").post(f"/undo/{entry.pk}/").status_code == 404
    for empty in ("", "  \n ", "\x00"):
        assert as_("chiara").post(f"{url}note/", {"text": empty}, headers=HTMX).status_code == 422
