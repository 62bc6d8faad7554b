"""Who sees what: at every door the same records, and of others not even a name."""

from __future__ import annotations

import json
from typing import Any

from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from fedele.records.palette import visible_sets
from fedele.records.registry import registry
from fedele.search.finding import find
from tests.contract.conftest import OWNERS
from tests.contract.making import asked, word
from tests.contract.reading import all_ids, linked_ids, option_ids
from tests.contract.test_api import every, send
from tests.contract.test_exchange import exported

HTMX = {"HX-Request": "true"}


def visible(record_type: RecordType, user: Any, right: str = "view") -> set[int]:
    return set(record_type.model.objects.visible_to(user, right).values_list("pk", flat=True))


def test_every_door_shows_the_same_records(
    record_type: RecordType, house: Any, as_: Any, api: Any, person: Any, who: str
) -> None:
    user, client = person(who), as_(who)
    seen = visible(record_type, user)
    for record in record_type.model.objects.all():
        assert (record.pk in seen) is (record.is_alive and user.rights.covers(record, "view")), record
        assert client.get(record_type.url(record.pk)).status_code in ((200,) if record.pk in seen else (404, 410))
        assert client.get(f"{record_type.url(record.pk)}peek/", headers=HTMX).status_code == (
            200 if record.pk in seen else 404
        )
        assert api(who).get(f"/api/v1/{record_type.slug}/{record.pk}").status_code == (
            200 if record.pk in seen else 404
        )
    if not user.rights.may("view", record_type.key):
        assert not seen
        assert client.get(record_type.url()).status_code == 403
        assert api(who).get(f"/api/v1/{record_type.slug}").status_code == 403
        assert client.get(f"/pick/{record_type.key}/").status_code == 404
        return
    assert set(all_ids(client, f"{record_type.url()}?edited=1")) == seen
    assert {row["id"] for row in every(api(who), f"/api/v1/{record_type.slug}?size=50")} == seen
    if user.rights.may("export", record_type.key):
        rows, _content = exported(client, record_type)
        numbers = set(
            record_type.model.objects.filter(pk__in=visible(record_type, user, "export") & seen).values_list(
                "number", flat=True
            )
        )
        assert {row[0] for row in rows[1:]} == numbers


def test_search_palette_and_picker_find_what_one_sees_and_nothing_else(
    record_type: RecordType, house: Any, as_: Any, person: Any, who: str
) -> None:
    user, client = person(who), as_(who)
    seen = visible(record_type, user)
    for n in range(len(OWNERS)):
        record = house.records[record_type.key][n]
        hits = {hit.record_id for hit in find(word(n), within=visible_sets(user)) if hit.record_type == record_type.key}
        offered = linked_ids(client.get("/palette/", {"q": word(n)}).content.decode(), record_type.slug)
        numbered = linked_ids(client.get("/palette/", {"q": f"#{record.number}"}).content.decode(), record_type.slug)
        listed = (
            set(all_ids(client, f"{record_type.url()}?q={word(n)}&edited=1"))
            if user.rights.may("view", record_type.key)
            else set()
        )
        picked = option_ids(client.get(f"/pick/{record_type.key}/", {"q": word(n)}).content.decode())
        for found in (hits, offered, numbered, listed, picked):
            assert (record.pk in found) is (record.pk in seen), record
            assert found <= seen


def test_home_and_the_empty_palette_show_nothing_else(house: Any, as_: Any, person: Any, who: str) -> None:
    for address in ("/", "/palette/", "/palette/?q=a", "/notices/"):
        html = as_(who).get(address).content.decode()
        for record_type in registry:
            assert linked_ids(html, record_type.slug) <= visible(record_type, person(who)), address


def test_nothing_can_be_pointed_at_what_one_may_not_see(
    record_type: RecordType, house: Any, as_: Any, api: Any, person: Any
) -> None:
    """A-21: by form, cell, bulk change or API, for the one whose role reaches no further than her own."""
    client, record = as_("nadia"), house.of(record_type, "nadia")
    for name, field in asked(record_type).items():
        if not field.is_relation or not hasattr(field.target, "record_type") or field.target is record_type.model:
            continue
        other = house.records[field.target.record_type][0]
        assert (
            client.post(record_type.url(record.pk, "cell", name), {name: str(other.pk)}, headers=HTMX).status_code
            == 422
        )
        answer = send(
            api("nadia"),
            "PATCH",
            f"/api/v1/{record_type.slug}/{record.pk}",
            {name: other.pk, "version": record.version},
        )
        assert answer.status_code == 422
        assert name in answer.json()["fields"]
        answer = client.post(
            f"{record_type.url()}bulk/change/",
            {"ids": str(record.pk), "query": "edited=1", "field": name, "value": str(other.pk), "go": "1"},
        )
        assert answer.status_code == 422
        assert str(other) not in answer.content.decode()
    assert record_type.model.objects.get(pk=record.pk).version == record.version


def test_related_records_one_may_not_see_are_named_nowhere(
    record_type: RecordType, house: Any, as_: Any, api: Any, person: Any
) -> None:
    """A record of Nadia's that points at Giulia's: its list, page, form, card and timeline do not say at whom."""
    client, record = as_("nadia"), house.of(record_type, "nadia")
    pointing = [
        field
        for field in fields_of(record_type).values()
        if field.kind == "relation" and hasattr(field.target, "record_type")
    ]
    for field in pointing:
        other = house.records[field.target.record_type][0]
        record_type.model.objects.filter(pk=record.pk).update(**{field.path: other.pk})
    names = {field.name for field in pointing}
    addresses = [
        f"{record_type.url()}?edited=1&cols={','.join([record_type.listing.columns[0], *names])}",
        record_type.url(record.pk), f"{record_type.url(record.pk)}peek/", f"{record_type.url(record.pk)}timeline/",
        *([f"{record_type.url()}board/"] if record_type.board else []), "/", "/palette/",
    ]  # fmt: skip
    for address in addresses:
        html = client.get(address, headers=HTMX if "peek" in address or "timeline" in address else {}).content.decode()
        for field in pointing:
            assert str(house.records[field.target.record_type][0]) not in html, (address, field.name)
    if names:
        rows, _content = exported(client, record_type)
        for field in pointing:
            assert str(house.records[field.target.record_type][0]) not in json.dumps(rows), field.name
