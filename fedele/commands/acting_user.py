"""In whose name a command works: rights and journal entries are those of a person, at the terminal too."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fedele.commands.failing import Failed

if TYPE_CHECKING:
    from fedele.access.models import User


def add_user(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", metavar="EMAIL", help="in whose name (default: the first administrator)")


def user_of(options: argparse.Namespace) -> User:
    from fedele.access.models import User

    active = User.objects.filter(is_active=True).order_by("pk")
    if options.user:
        user = active.filter(email__iexact=options.user).first()
        if user is None:
            raise Failed(f"Nobody active signs in as {options.user}.")
        return user
    user = active.filter(is_superuser=True).first() or active.filter(roles__is_administrator=True).first()
    if user is None:
        raise Failed("There is no administrator yet; make one: fedele administrator EMAIL")
    return user
