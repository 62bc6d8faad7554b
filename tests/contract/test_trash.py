"""The trash: out of sight at every door, back by undo or restore, gone for good by an administrator alone."""

from __future__ import annotations

import json
from typing import Any

from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.search.finding import find
from tests.contract.making import word
from tests.contract.reading import linked_ids, option_ids, row_ids

HTMX = {"HX-Request": "true"}


def test_is_out_of_sight_and_back(record_type: RecordType, house: Any, as_: Any, api: Any) -> None:
    record, client = house.of(record_type), as_("giulia")
    url = record_type.url(record.pk)

    def seen() -> list[bool]:
        found = client.get(f"{record_type.url()}?edited=1").content.decode()
        picked = client.get(f"/pick/{record_type.key}/?q={word(0)}").content.decode()
        palette = client.get(f"/palette/?q={word(0)}").content.decode()
        listed = [row["id"] for row in api("giulia").get(f"/api/v1/{record_type.slug}").json()["items"]]
        return [
            record.pk in row_ids(found),
            record.pk in option_ids(picked),
            record.pk in linked_ids(palette, record_type.slug),
            record.pk in listed,
            client.get(url).status_code == 200,
            api("giulia").get(f"/api/v1/{record_type.slug}/{record.pk}").status_code == 200,
            client.get(f"{url}peek/", headers=HTMX).status_code == 200,
            client.get(f"{url}edit/").status_code == 200,
            bool([hit for hit in find(word(0), record_types=[record_type.key]) if hit.record_id == record.pk]),
        ]

    assert all(seen())
    response = client.post(f"{url}do/trash/", headers=HTMX)
    assert not any(seen())
    assert client.get(url).status_code == 410
    trash = client.get(f"{record_type.url()}?trash=1").content.decode()
    assert record.pk in row_ids(trash)
    assert client.post(json.loads(response.headers["HX-Trigger"])["toast"]["undo"]).status_code == 302
    assert all(seen())
    client.post(f"{url}do/trash/")
    assert client.post(f"{url}restore/").status_code == 302
    assert all(seen())


def test_only_who_may_delete_sees_it_there(
    record_type: RecordType, house: Any, as_: Any, person: Any, who: str
) -> None:
    gone = house.trashed[record_type.key]
    may = record_type.model.objects.in_trash_of(person(who)).filter(pk=gone.pk).exists()
    assert may is (person(who).rights.covers(gone, "delete"))
    assert as_(who).get(record_type.url(gone.pk)).status_code == (410 if may else 404)
    if person(who).rights.may("view", record_type.key):
        assert (gone.pk in row_ids(as_(who).get(f"{record_type.url()}?trash=1").content.decode())) is may
    restored = as_(who).post(f"{record_type.url(gone.pk)}restore/").status_code
    assert restored == (302 if may else 404)
    assert record_type.model.objects.get(pk=gone.pk).is_alive is may


def test_is_erased_by_an_administrator_who_types_its_name(record_type: RecordType, house: Any, as_: Any) -> None:
    gone = house.trashed[record_type.key]
    url = f"{record_type.url(gone.pk)}erase/"
    assert as_("dario").post(url, {"typed": str(gone)}).status_code == 403
    assert as_("sara").get(url, headers=HTMX).status_code == 200
    assert as_("sara").post(url, {"typed": "something else"}).status_code == 422
    assert (
        as_("sara")
        .post(f"{record_type.url(house.of(record_type).pk)}erase/", {"typed": str(house.of(record_type))})
        .status_code
        == 404
    )
    assert record_type.model.objects.filter(pk=gone.pk).exists()
    assert as_("sara").post(url, {"typed": str(gone)}).status_code == 302
    assert not record_type.model.objects.filter(pk=gone.pk).exists()
    entry = Entry.objects.filter(record_type=record_type.key, record_id=gone.pk).latest("id")
    assert (entry.kind, entry.title) == (f"{record_type.key}.erased", str(gone))
    assert entry.record is None
    assert as_("sara").get(record_type.url(gone.pk)).status_code == 404
    assert as_("sara").post(f"/undo/{entry.pk}/").status_code == 404
