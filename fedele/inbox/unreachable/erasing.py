"""When a person is erased, that their address could not be reached is forgotten with it."""

from __future__ import annotations

from fedele.inbox.unreachable.models import Unreachable
from fedele.people.privacy.erasing import before_erasing
from fedele.people.privacy.person import Person


@before_erasing
def forget_their_address(person: Person) -> None:
    Unreachable.objects.filter(address__in={one.email.lower() for one in person.records if one.email}).delete()
