"""A number as something to press: the device's own telephone, or the address the house has set up."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches

from fedele.inbox.calls.models import Extension, Telephony
from fedele.ui.dialling import dials

#: Seconds for which another process may go on dialling the old way.
REMEMBER = 30


def telephony() -> Telephony:
    return caches["process"].get_or_set("telephony", lambda: Telephony.objects.first() or Telephony(), REMEMBER)


def forget() -> None:
    caches["process"].delete("telephony")


@dials
def link(number: str, user: Any) -> str:
    house = telephony()
    if not house.dial_url:
        return ""
    own = caches["process"].get_or_set(f"extension:{user.pk}", lambda: _own(user), REMEMBER)
    return house.link(number, own)


def _own(user: Any) -> str:
    return Extension.objects.filter(user=user).values_list("number", flat=True).first() or ""
