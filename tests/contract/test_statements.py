"""How many SQL statements a door needs: the same with one record, three or sixty, and within its budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fedele.records.declare import RecordType
from tests.contract.making import asked, make, posted
from tests.contract.reading import months_of

LIST, RECORD, BOARD, SAVE = 8, 14, 8, 14
HTMX = {"HX-Request": "true"}


def statements(call: Callable[[], Any], status: int = 200) -> list[str]:
    """The SQL of one request; what the test's own transaction adds is left out."""
    with CaptureQueriesContext(connection) as captured:
        assert call().status_code == status
    return [one["sql"] for one in captured if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO"))]


@pytest.fixture(params=["sara", "giulia", "nadia"])
def client(request: pytest.FixtureRequest, as_: Any) -> Any:
    return as_(request.param)


def grow(record_type: RecordType, house: Any, owner: Any, count: int) -> None:
    around = {type(records[5]): records[5] for key, records in house.records.items() if key != record_type.key}
    for n in range(count):
        make(record_type, n, owner, around=around)


def test_does_not_grow_with_the_records(
    record_type: RecordType, house: Any, client: Any, person: Any, api: Any
) -> None:
    addresses = [
        f"{record_type.url()}?edited=1",
        f"{record_type.url()}views/counts/",
        f"/pick/{record_type.key}/",
        "/",
        "/palette/",
        f"/api/v1/{record_type.slug}",
    ]
    addresses += [f"{record_type.url()}board/"] if record_type.board else []
    addresses += months_of(record_type)
    nadia = person("nadia")
    found: dict[str, list[int]] = {address: [] for address in addresses}
    for further in (0, 2, 57):
        grow(record_type, house, nadia, further)
        for address in addresses:
            client.get(address)
            # The lesser of two: what the process keeps of the settings may grow old just before one of them.
            asked = [len(statements(lambda address=address: client.get(address))) for _time in range(2)]
            found[address].append(min(asked))
    for address, (few, some, sixty) in found.items():
        # A list that fits its page is not counted; one that goes on is, once.
        counted = address.startswith(record_type.url()) and "edited" in address
        if address in ("/", "/palette/"):
            # One for each type among what one worked on last: with sixty of one type that is fewer.
            assert max(some, sixty) <= few, (address, few, some, sixty)
            continue
        assert few == some, (address, few, some)
        assert sixty - few in ((0, 1) if counted else (0,)), (address, few, sixty)


def test_the_list_and_the_board_keep_to_their_budget(record_type: RecordType, house: Any, client: Any) -> None:
    for address, budget in (
        (f"{record_type.url()}?edited=1", LIST),
        (f"{record_type.url()}board/" if record_type.board else "", BOARD),
    ):
        if address:
            client.get(address)
            made = statements(lambda address=address: client.get(address))
            assert len(made) <= budget, "\n".join(made)


def test_the_page_keeps_to_its_budget_however_much_happened(record_type: RecordType, house: Any, as_: Any) -> None:
    record = house.of(record_type)
    url, client = record_type.url(record.pk), as_("giulia")
    client.get(url)
    first = statements(lambda: client.get(url))
    assert len(first) <= RECORD, "\n".join(first)
    for n in range(30):
        client.post(f"{url}note/", {"text": f"Note {n}"}, headers=HTMX)
    # What the process keeps of the settings may have grown old meanwhile.
    client.get(url)
    assert min(len(statements(lambda: client.get(url))) for _time in range(2)) <= len(first)


def test_saving_keeps_to_its_budget(record_type: RecordType, house: Any, as_: Any) -> None:
    client, record = as_("giulia"), house.of(record_type)
    name = next(name for name, one in asked(record_type).items() if one.kind == "text" and not one.is_custom)
    url = record_type.url(record.pk)
    client.get(url)
    made = statements(lambda: client.post(f"{url}cell/{name}/", {name: "Anew"}, headers=HTMX))
    # PostgreSQL takes the lock of refused addresses by a statement of its own; SQLite has one writer anyway.
    assert len(made) <= SAVE + (connection.vendor == "postgresql"), "\n".join(made)
    record = house.of(record_type)
    data = {**posted(record_type, record), name: "Anew again", "version": record.version}
    made = statements(lambda: client.post(f"{url}edit/", data), status=302)
    assert len(made) <= SAVE + (connection.vendor == "postgresql"), "\n".join(made)
