"""`@verb`: what can be done to a record, described once and called by every door."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A verb that does not apply now; the message is for the user."""


@dataclass(frozen=True)
class Verb:
    name: str
    label: Any
    #: Name of a predicate of the record; the verb is offered and allowed only when it is true.
    when: str = ""
    #: May be done to many records at once from the list.
    bulk: bool = False
    #: Dotted path of a Django form with the verb's arguments, asked for in a dialog.
    form: str = ""
    icon: str = ""
    key: str = ""
    #: The right it needs on the record: "edit" or "delete".
    may: str = "edit"
    primary: bool = False
    #: What the toast says when it is done.
    done: Any = ""

    def applies_to(self, record: Any) -> bool:
        return not self.when or bool(getattr(record, self.when))


def verb(label: Any, **describes: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Describes a method of a record. Transaction and journal entry stay visible in its body."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        described = Verb(name=method.__name__, label=label, **describes)

        @functools.wraps(method)
        def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
            if not described.applies_to(self):
                raise Refused(_("“%(verb)s” does not apply to %(record)s now.") % {"verb": label, "record": self})
            return method(self, *args, **kwargs)

        guarded.verb = described  # type: ignore[attr-defined]
        return guarded

    return decorate


def verb_of(model: type, name: str) -> Verb:
    described: Verb = getattr(model, name).verb
    return described
