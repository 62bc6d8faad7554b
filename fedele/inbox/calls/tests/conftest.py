"""The telephone system, a customer with a number, and colleagues at their extensions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import translation

from fedele.access.keys import CALLS, ApiKey
from fedele.access.models import User
from fedele.inbox.calls.models import Extension
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact

NUMBER = "+390303545678"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    caches["process"].clear()
    with translation.override("en"):
        yield


@pytest.fixture
def house(cast: Any) -> Any:
    """Giulia at 21, Luca at 22, both in the group 600; her customer's owner of the workshop calls from 030 3545678."""
    User.objects.update(language="en")
    for one in vars(cast).values():
        one.language = "en"
    for who, number in (("giulia", "21"), ("luca", "22"), ("giulia", "600"), ("luca", "600"), ("eva", "29")):
        Extension.objects.create(user=getattr(cast, who), number=number)
    cast.company = Company.objects.create(name="Officine Rinaldi", owner=cast.giulia)
    cast.elena = Contact.objects.create(
        first_name="Elena", last_name="Rinaldi", company=cast.company, phone=NUMBER, owner=cast.giulia
    )
    return cast


@pytest.fixture
def pbx(house: Any) -> Callable[..., Any]:
    secret = ApiKey.make(house.sara, "PBX", opens=CALLS)[1]

    def tell(call_id: str = "4711", *, key: str = secret, **told: Any) -> Any:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        body = {"call_id": call_id, "number": NUMBER, "to": "21", **told}
        return Client().post("/api/calls/incoming", body, content_type="application/json", headers=headers)

    return tell


@pytest.fixture
def as_(cast: Any) -> Callable[..., Client]:
    def enter(who: str) -> Client:
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(getattr(cast, who))
        return client

    return enter
