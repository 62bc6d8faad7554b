"""There is always somebody who can administer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused


def administrators() -> QuerySet[Any]:
    """Who may administer and can sign in."""
    return (
        get_user_model()
        .objects.filter(Q(is_superuser=True) | Q(roles__is_administrator=True), is_active=True)
        .distinct()
    )


@contextmanager
def keeping_an_administrator() -> Iterator[None]:
    """Takes back what is done inside, and raises `Refused`, if nobody could administer afterwards."""
    with transaction.atomic():
        # Two administrators who demote each other at the same moment must not both succeed.
        list(get_user_model().objects.select_for_update().filter(pk__in=administrators().values("pk")).order_by("pk"))
        yield
        if not administrators().exists():
            raise Refused(_("Somebody must be able to administer: make another colleague an administrator first."))
