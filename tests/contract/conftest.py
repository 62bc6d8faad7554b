"""The house every test of the contract looks at: the cast, and records of every type that belong to different people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from fedele.access.keys import ApiKey
from fedele.access.models import Role, Team, User
from fedele.access.reach import RIGHTS
from fedele.demo.cast import CAST, install
from fedele.journal.acting import act_as
from fedele.people.assignment.models import How, Rule
from fedele.records.declare import RecordType
from fedele.records.fields import forget_custom_fields
from fedele.records.registry import registry
from tests.contract.making import add_custom_fields, make

#: Besides the cast: Nadia, in Giulia's team, whose role reaches no further than what is her own.
NADIA = "nadia"
#: Owners of record 0, 1, 2 …: of one team, of a sister team, of the team above, of none; and nobody's.
OWNERS = ("giulia", "luca", "davide", "roberto", "anna", NADIA, "")
#: Number of the record in the trash, which was Giulia's.
TRASHED = len(OWNERS)


@dataclass
class House:
    #: Record type → its living records, in the order of OWNERS; and the one in the trash.
    records: dict[str, list[Any]] = field(default_factory=dict)
    trashed: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def of(self, record_type: RecordType, owner: str = "giulia") -> Any:
        """A record of that person's, as it is stored now."""
        return record_type.model.objects.get(pk=self.records[record_type.key][OWNERS.index(owner)].pk)

    def ids(self, record_type: RecordType) -> list[int]:
        return [record.pk for record in self.records[record_type.key]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "record_type" in metafunc.fixturenames:
        metafunc.parametrize("record_type", list(registry), ids=lambda one: one.key)
    if "who" in metafunc.fixturenames:
        metafunc.parametrize("who", [*(person.key for person in CAST), NADIA])


@pytest.fixture(scope="module")
def whole_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """Built once a module, inside a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        with translation.override("en"):
            yield _build()
        transaction.set_rollback(True)
    forget_custom_fields()


def _build() -> House:
    people = {**install(password=""), NADIA: _nadia()}
    User.objects.update(language="en")
    for record_type in registry:
        add_custom_fields(record_type)
    forget_custom_fields()
    house = House()
    around: dict[str, dict[Any, Any]] = {owner: {} for owner in (*OWNERS, "trash")}
    for record_type in registry:
        made = []
        for n, owner in enumerate(OWNERS):
            record = make(record_type, n, people.get(owner), around=around[owner])
            around[owner][record_type.model] = record
            made.append(record)
        house.records[record_type.key] = made
        with act_as(people["giulia"], door="screen"):
            gone = make(record_type, TRASHED, people["giulia"], full=False, around={**around["giulia"]})
            gone.trash()
        house.trashed[record_type.key] = gone
    # What a verb needs to be able to do its work: somebody of the same team, who owns nothing.
    Rule.objects.create(name="All", how=How.PERSON, person=people["elisa"])
    house.keys = {name: ApiKey.make(person, "contract")[1] for name, person in people.items()}
    return house


def _nadia() -> User:
    own = dict.fromkeys(RIGHTS, "own")
    role = Role.objects.create(name="Alone", rights={record_type.key: own for record_type in registry})
    user = User.objects.create_user(
        f"{NADIA}@officineaurora.example",
        first_name="Nadia",
        last_name="Sola",
        team=Team.objects.get(name="Vendite Nord"),
    )
    user.roles.add(role)
    return user


@pytest.fixture
def house(whole_house: House, db: None) -> Iterator[House]:
    """The house as it was built, whatever the tests before did to it."""
    yield whole_house
    forget_custom_fields()


@pytest.fixture
def person(house: House) -> Callable[[str], Any]:
    """`person("luca")`: the colleague as stored, with rights worked out anew."""
    return lambda name: User.objects.get(email__startswith=f"{name}@")


@pytest.fixture
def as_(house: House, person: Any) -> Callable[[str], Client]:
    """`as_("luca")`: a browser in which Luca is signed in."""
    clients: dict[str, Client] = {}

    def browser(name: str) -> Client:
        if name not in clients:
            clients[name] = Client()
            clients[name].force_login(person(name))
        return clients[name]

    return browser


@pytest.fixture
def api(house: House) -> Callable[[str], Client]:
    """`api("luca")`: a program that calls with Luca's key."""
    return lambda name: Client(headers={"Authorization": f"Bearer {house.keys[name]}"})
