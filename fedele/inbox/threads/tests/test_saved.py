"""Views of the list of mail: kept, shared, renamed, given up and had back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.threads import counting
from fedele.inbox.threads.tests.test_reading import received
from fedele.people.companies.models import Company
from fedele.records.models import SavedView

pytestmark = pytest.mark.usefixtures("in_english")
QUERY = "view=all&q=oil&attached=on&sender=Rinaldi"


@pytest.fixture
def as_(client: Any, cast: Any) -> Any:
    Mailbox.objects.create(name="Info", address="info@aurora.example")

    def signed_in(name: str) -> Any:
        client.force_login(getattr(cast, name))
        return client

    return signed_in


def save(client: Any, scope: str = "mine", query: str = QUERY) -> SavedView:
    data = {"name": "Oil leaks", "scope": scope, "query": f"{query}&before=5&csrf=x"}
    assert client.post("/mail/views/save/", data).status_code == 302
    return SavedView.objects.latest("pk")


def page(client: Any, address: str = "/mail/") -> str:
    return client.get(address).content.decode()


def undo_in(client: Any) -> str:
    """Where the last toast takes it back."""
    return page(client).partition('data-undo="')[2].partition('"')[0]


def test_it_keeps_what_narrows_the_list_and_stands_beside_the_others(as_: Any) -> None:
    view = save(as_("giulia"))
    assert (view.record_type, view.query) == ("message", "view=all&q=oil&sender=Rinaldi&attached=on")
    html = page(as_("giulia"), f"/mail/?{view.query}&saved={view.pk}")
    tab = html.partition("Oil leaks")[0].rpartition("<a ")[2]
    assert f"saved={view.pk}" in tab and 'aria-current="page"' in tab
    assert "Save as new view" not in html and "Delete the view" in html
    changed = page(as_("giulia"), f"/mail/?{view.query}x&saved={view.pk}")
    assert "Save as new view" in changed and "Reset" in changed and f"/mail/views/{view.pk}/update/" in changed
    assert "Save as new view" not in page(as_("giulia"), "/mail/?view=all")


@pytest.mark.parametrize(
    ("scope", "seen_by"), [("mine", {"luca"}), ("team", {"luca", "giulia"}), ("all", {"luca", "giulia", "sara"})]
)
def test_it_is_seen_by_whom_it_is_for(as_: Any, scope: str, seen_by: set[str]) -> None:
    save(as_("luca"), scope)
    assert {who for who in ("luca", "giulia", "sara") if "Oil leaks" in page(as_(who))} == seen_by


def test_only_its_owner_changes_it(as_: Any) -> None:
    view = save(as_("luca"), "team")
    for act in ("update", "delete", "rename"):
        assert as_("giulia").post(f"/mail/views/{view.pk}/{act}/", {"query": "q=x"}).status_code == 404
    assert "Delete the view" not in page(as_("giulia"), f"/mail/?{view.query}&saved={view.pk}")
    assert as_("eva").post("/mail/views/save/", {"name": "x", "scope": "mine", "query": QUERY}).status_code == 404


def test_each_act_is_taken_back_by_who_did_it(as_: Any) -> None:
    client = as_("luca")
    view = save(client, "team")
    before = SavedView.objects.values().get()
    acts = {
        "rename": {"name": "Leaks", "scope": "all"},
        "update": {"query": "view=waiting&q=water"},
        "delete": {},
    }
    for act, data in acts.items():
        page(client)
        assert client.post(f"/mail/views/{view.pk}/{act}/", data).status_code == 302
        assert SavedView.objects.values().first() != before
        undo = undo_in(client)
        assert as_("giulia").post(undo).status_code == 404
        assert as_("luca").post(f"{undo[:-2]}x/").status_code == 404
        assert as_("luca").post(undo).status_code == 302
        assert SavedView.objects.values().get() == before
    page(client)
    save(client)
    assert as_("luca").post(undo_in(client)).status_code == 302
    assert SavedView.objects.values().get() == before


def test_a_name_that_is_missing_is_asked_for(as_: Any) -> None:
    view = save(as_("giulia"))
    answer = as_("giulia").post(f"/mail/views/{view.pk}/rename/", {"name": " ", "scope": "mine"})
    assert answer.status_code == 422 and "This field is required." in answer.content.decode()
    view.refresh_from_db()
    assert view.name == "Oil leaks"


def counted(client: Any) -> dict[int, int]:
    """{view: the number its tab is sent}"""
    answer = page(client, "/mail/views/counts/")
    found = re.findall(r'<em id="view-count-(\d+)" hx-swap-oob="true">(\d+)</em>', answer)
    return {int(view): int(number) for view, number in found}


def test_its_tab_has_the_number_of_what_it_shows_to_who_reads_it(as_: Any, cast: Any) -> None:
    rinaldi = Company.objects.create(name="Rinaldi", owner=cast.giulia)
    info = Mailbox.objects.get()
    own = Mailbox.objects.create(name="Giulia", address="giulia@aurora.example", owner=cast.giulia)
    received(info, company=rinaldi)
    received(info, company=rinaldi, is_confidential=True)
    received(own, company=rinaldi, is_confidential=True, subject="Secret")
    kept = save(as_("giulia"), "all", f"view=all&company={rinaldi.pk}")
    save(as_("giulia"), "mine", "view=sent")
    # What is narrowed to somebody who is not there any more shows, and counts, without it.
    gone = save(as_("giulia"), "all", "view=mine&company=999999")
    for name in ("giulia", "luca"):
        client = as_(name)
        numbers = counted(client)
        for view in SavedView.objects.filter(pk__in=numbers):
            shown = page(client, f"/mail/?{view.query}&saved={view.pk}")
            assert (numbers[view.pk], f'id="view-count-{view.pk}"' in shown) == (shown.count(" data-notice"), True)
    assert (counted(as_("giulia"))[kept.pk], counted(as_("luca"))[kept.pk], len(counted(as_("luca")))) == (3, 2, 2)
    assert gone.pk in counted(as_("luca"))
    assert as_("eva").get("/mail/views/counts/").status_code == 404


def test_without_views_nothing_is_asked_for_and_each_costs_one_statement(as_: Any) -> None:
    client, info = as_("giulia"), Mailbox.objects.get()

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            counted(client)
        return len(captured)

    assert "/mail/views/counts/" not in page(client)
    save(client, "mine", "view=all&attached=on")
    statements()
    one = statements()
    save(client, "mine", "view=mine&since=2026-01-01")
    assert (statements(), "/mail/views/counts/" in page(client)) == (one + 1, True)
    for _more in range(3):
        received(info)
    assert statements() == one + 1


def test_it_counts_no_further_than_the_other_tabs(as_: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(counting, "COUNTED", 2)
    client, info = as_("giulia"), Mailbox.objects.get()
    for _time in range(3):
        received(info)
    assert counted(client) == {}
    view = save(client, "mine", "view=all")
    assert counted(client) == {view.pk: 2}
