"""What one may not see exists at no door, and what one may not change stays as it is (A-18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.module_loading import import_string

from fedele.base.verbs import verb_of
from fedele.journal.models import Batch, Entry
from fedele.records.declare import RecordType
from tests.contract.making import asked
from tests.contract.test_api import send
from tests.contract.verbs import arguments

HTMX = {"HX-Request": "true"}


def doors(record_type: RecordType, pk: int) -> Iterator[tuple[str, str]]:
    """(method, address) of all that can be asked of one record on the screen."""
    url = record_type.url(pk)
    field = next(iter(asked(record_type)))
    for part in (
        "",
        "edit/",
        "peek/",
        "place/",
        "timeline/",
        *(("merge/",) if record_type.merge else ()),
        f"history/{field}/",
        f"cell/{field}/",
        *(f"do/{verb}/" for verb in (*record_type.verbs, "trash")),
    ):
        yield "GET", f"{url}{part}"
    for part in (
        "edit/",
        "note/",
        "restore/",
        f"cell/{field}/",
        *(f"do/{verb}/" for verb in (*record_type.verbs, "trash")),
    ):
        yield "POST", f"{url}{part}"
    for verb in record_type.verbs:
        if own := record_type.verb_url(record_type.model.objects.get(pk=pk), verb):
            yield "GET", own
            yield "POST", own


def test_what_one_may_not_see_exists_at_no_door(
    record_type: RecordType, house: Any, as_: Any, api: Any, person: Any, who: str
) -> None:
    user, client = person(who), as_(who)
    unseen = [record for record in house.records[record_type.key] if not user.rights.covers(record, "view")]
    before = {record.pk: record_type.model.objects.filter(pk=record.pk).values().get() for record in unseen}
    for record in unseen[:2]:
        for method, address in doors(record_type, record.pk):
            answer = client.generic(
                method, address, "version=1&text=x&from=", content_type="application/x-www-form-urlencoded"
            )
            assert answer.status_code == 404, (method, address)
            missing = client.generic(
                method,
                address.replace(f"/{record.pk}/", "/987654321/"),
                "version=1&text=x&from=",
                content_type="application/x-www-form-urlencoded",
            )
            assert missing.status_code == 404, (method, address)
        base = f"/api/v1/{record_type.slug}/{record.pk}"
        for method, address in (
            ("GET", base),
            ("DELETE", base),
            ("GET", f"{base}/journal"),
            ("PATCH", base),
            *(("POST", f"{base}/{verb}") for verb in record_type.verbs),
        ):
            body = _sound_body(record_type, address, record)
            assert send(api(who), method, address, body).status_code == 404, (method, address)
        entry = Entry.objects.filter(record_type=record_type.key, record_id=record.pk).earliest("id")
        assert client.post(f"/undo/{entry.pk}/").status_code == 404
    ids = ",".join(str(record.pk) for record in unseen)
    for act in ("change", "assign", "trash"):
        answer = client.post(
            f"{record_type.url()}bulk/{act}/",
            {"ids": ids, "query": "edited=1", "field": "owner", "value": str(user.pk), "go": "1"},
        )
        assert answer.status_code in (302, 404)
    for batch in Batch.objects.exclude(actor=user):
        assert client.post(f"/undo/batch/{batch.pk}/").status_code == (302 if user.is_administrator else 404)
    for pk, row in before.items():
        assert record_type.model.objects.filter(pk=pk).values().get() == row


def _sound_body(record_type: RecordType, address: str, record: Any) -> dict[str, Any]:
    """A body nothing is wrong with, so that the answer is about the record and not about the body."""
    verb = address.rpartition("/")[2]
    if verb not in record_type.verbs:
        return {"version": record.version}
    form = verb_of(record_type.model, verb).form
    given = arguments(import_string(form), record) if form else {}
    return {name: int(value) if value.isdigit() else value for name, value in given.items()}


def test_what_one_may_see_but_not_change_stays_as_it_is(
    record_type: RecordType, house: Any, as_: Any, api: Any, person: Any, who: str
) -> None:
    user, client = person(who), as_(who)
    closed = [
        record
        for record in house.records[record_type.key]
        if user.rights.covers(record, "view") and not user.rights.covers(record, "edit")
    ]
    field = next(iter(asked(record_type)))
    for record in closed[:2]:
        before = record_type.model.objects.filter(pk=record.pk).values().get()
        for method, part in (
            ("GET", "edit/"),
            ("POST", "edit/"),
            ("GET", f"cell/{field}/"),
            ("POST", f"cell/{field}/"),
        ):
            assert client.generic(method, f"{record_type.url(record.pk)}{part}").status_code == 403, part
        for verb in (*record_type.verbs, "trash"):
            if not user.rights.covers(record, verb_of(record_type.model, verb).may) and not record_type.verb_url(
                record, verb
            ):
                assert client.post(record_type.url(record.pk, "do", verb)).status_code == 403, verb
        body = {"version": record.version}
        assert send(api(who), "PATCH", f"/api/v1/{record_type.slug}/{record.pk}", body).status_code == 403
        if not user.rights.covers(record, "delete"):
            assert send(api(who), "DELETE", f"/api/v1/{record_type.slug}/{record.pk}", None).status_code == 403
        html = client.get(f"{record_type.url(record.pk)}?panels=1").content.decode()
        assert f"{record_type.url(record.pk)}edit/" not in html
        assert "data-edit=" not in html
        assert record_type.model.objects.filter(pk=record.pk).values().get() == before
