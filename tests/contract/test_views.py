"""Views people save: who finds them, what they keep, who may change them."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.records.declare import RecordType
from fedele.records.models import SavedView
from fedele.records.registry import registry
from tests.contract.reading import row_ids, text_of

QUERY = "f=owner.in:me&sort=-updated_at&edited=1"


def save(client: Any, record_type: RecordType, scope: str, name: str = "Quartz", query: str = QUERY) -> Any:
    return client.post(f"{record_type.url()}views/save/", {"name": name, "scope": scope, "query": query})


@pytest.mark.parametrize(
    ("scope", "seen_by"),
    [("mine", {"luca"}), ("team", {"luca", "giulia"}), ("all", {"luca", "giulia", "dario", "sara", "chiara"})],
)
def test_is_seen_by_whom_it_is_for(
    record_type: RecordType, house: Any, as_: Any, scope: str, seen_by: set[str]
) -> None:
    response = save(as_("luca"), record_type, scope)
    assert response.status_code == 302
    for who in ("luca", "giulia", "dario", "sara", "chiara"):
        html = as_(who).get(record_type.url()).content.decode()
        assert ("Quartz" in text_of(html)) is (who in seen_by), who
    view = SavedView.objects.get()
    assert row_ids(as_("luca").get(response.url).content.decode()) == [house.of(record_type, "luca").pk]
    assert view.query == "f=owner.in%3Ame&sort=-updated_at"
    assert f"Quartz {1}" in text_of(as_("luca").get(f"{record_type.url()}views/counts/").content.decode())


def test_only_its_owner_changes_or_deletes_it(record_type: RecordType, house: Any, as_: Any) -> None:
    save(as_("luca"), record_type, "team")
    view = SavedView.objects.get()
    for act in ("update", "rename", "delete"):
        assert as_("giulia").post(f"{record_type.url()}views/{view.pk}/{act}/", {"query": "q=x"}).status_code == 404
        assert as_("dario").post(f"{record_type.url()}views/{view.pk}/{act}/", {"query": "q=x"}).status_code == 404
    assert (
        as_("luca").post(f"{record_type.url()}views/{view.pk}/update/", {"query": "q=basalto&edited=1"}).status_code
        == 302
    )
    view.refresh_from_db()
    assert view.query == "q=basalto"
    assert as_("luca").post(f"{record_type.url()}views/{view.pk}/delete/").status_code == 302
    assert not SavedView.objects.exists()


def test_is_renamed_and_each_act_is_taken_back(record_type: RecordType, house: Any, as_: Any) -> None:
    client = as_("luca")
    save(client, record_type, "team")
    view, before = SavedView.objects.get(), SavedView.objects.values().get()
    for act, data in (
        ("rename", {"name": "Onyx", "scope": "all"}),
        ("update", {"query": "q=basalto&edited=1"}),
        ("delete", {}),
    ):
        client.get(record_type.url())
        assert client.post(f"{record_type.url()}views/{view.pk}/{act}/", data).status_code == 302
        assert SavedView.objects.values().first() != before
        undo = client.get(record_type.url()).content.decode().partition('data-undo="')[2].partition('"')[0]
        assert as_("giulia").post(undo).status_code == 404
        assert client.post(undo).status_code == 302
        assert SavedView.objects.values().get() == before


def test_belongs_to_one_type(house: Any, as_: Any) -> None:
    one, other, *_rest = registry
    save(as_("luca"), one, "all")
    view = SavedView.objects.get()
    assert as_("luca").post(f"{other.url()}views/{view.pk}/delete/").status_code == 404
    assert "Quartz" not in text_of(as_("luca").get(other.url()).content.decode())


@pytest.mark.parametrize(
    "bad", [{"name": ""}, {"name": "x" * 61}, {"name": "a\x00b"}, {"scope": "world"}, {"query": "q=" + "x" * 3000}]
)
def test_what_cannot_be_kept_is_refused_in_words(
    record_type: RecordType, house: Any, as_: Any, bad: dict[str, str]
) -> None:
    data = {"name": "Quartz", "scope": "mine", "query": QUERY, **bad}
    response = as_("luca").post(f"{record_type.url()}views/save/", data)
    assert response.status_code in (302, 422)
    kept = SavedView.objects.values_list("query", flat=True)
    assert all(len(query) <= 2000 for query in kept)


def test_a_long_query_cannot_be_put_into_a_saved_view_either(record_type: RecordType, house: Any, as_: Any) -> None:
    save(as_("luca"), record_type, "mine")
    view = SavedView.objects.get()
    filters = "&".join(f"f=number.is:{'x' * 90}{n}" for n in range(30))
    assert as_("luca").post(f"{record_type.url()}views/{view.pk}/update/", {"query": filters}).status_code in (302, 422)
    view.refresh_from_db()
    assert len(view.query) <= 2000
