"""Users for these tests."""

from __future__ import annotations

from typing import Any

from fedele.access.models import Role, User

PASSWORD = "four lazy tractors"


def colleague(name: str = "giulia", *roles: str, **more: Any) -> User:
    user = User.objects.create_user(
        f"{name}@aurora.example", PASSWORD, first_name=name.capitalize(), language="en", **more
    )
    user.roles.set(Role.objects.filter(key__in=roles))
    return user


def administrator(name: str = "sara", **more: Any) -> User:
    return colleague(name, "administrator", **more)
