from __future__ import annotations

import re

from django.test import Client

from fedele.access.keys import ApiKey
from fedele.access.models import User
from fedele.access.tests.people import colleague

PAGE = "/profile/keys/"


def call(secret: str) -> int:
    return Client().get("/api/v1/companies", headers={"Authorization": f"Bearer {secret}"}).status_code


def make(client: Client) -> str:
    page = client.post(PAGE, {"name": "Warehouse"}).content.decode()
    return re.search(r"fdl_[\w-]{20,}", page).group()  # type: ignore[union-attr]


def test_a_key_is_shown_once_and_opens_until_revoked(client: Client, giulia: User) -> None:
    client.force_login(giulia)
    secret = make(client)
    assert secret not in client.get(PAGE).content.decode()
    assert secret not in str(list(ApiKey.objects.values()))
    assert call(secret) == 200
    client.post(f"{PAGE}{ApiKey.objects.get().pk}/revoke/")
    assert call(secret) == 401


def test_a_key_dies_with_its_owner(client: Client, giulia: User) -> None:
    client.force_login(giulia)
    secret = make(client)
    User.objects.update(is_active=False)
    assert call(secret) == 401


def test_keys_of_others_are_not_there(client: Client, giulia: User) -> None:
    key, _secret = ApiKey.make(colleague("luca"), "Key of Luca")
    client.force_login(giulia)
    assert "Key of Luca" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{key.pk}/revoke/").status_code == 404


def test_a_key_needs_a_name(client: Client, giulia: User) -> None:
    client.force_login(giulia)
    assert client.post(PAGE, {"name": " "}).status_code == 422
    assert not ApiKey.objects.exists()
