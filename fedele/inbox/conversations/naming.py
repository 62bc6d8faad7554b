"""The names called in a message: @Luca Moretti, @luca where there is one Luca, @Vendite Nord for all of a team."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.access.models import Team
from fedele.access.seeing import who_sees

#: A name begins where no word or address goes on: not the @ of an e-mail.
_CALL = re.compile(r"(?<![\w.@/])@(?=\w)")


class Unfit(ValueError):
    """A message that cannot be sent as it is; the words are for who wrote it."""

    @property
    def message(self) -> str:
        return str(self.args[0])


@dataclass
class Named:
    """Who is called: people who will hear of it, and the names as they stand in the text."""

    people: list[Any] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def named_in(text: str, record: Any) -> Named:
    """Raises `Unfit` when a name is not clear, or is that of somebody who may not see the record.

    Of a team those are called who may see it. What is nobody's name is text like any other.
    """
    if not _CALL.search(text):
        return Named()
    book = _book()
    called = [(name, book[name.casefold()]) for name in _names(text, book)]
    for name, meant in called:
        if sum(1 for one in meant if not isinstance(one, Team)) > 1:
            raise Unfit(_("There is more than one %(name)s: write the whole name.") % {"name": name})
    people = _people(called)
    seeing = {one.pk for one in who_sees(record, people.values())}
    _refuse_who_cannot_see(called, seeing)
    return Named([one for pk, one in people.items() if pk in seeing], list(dict.fromkeys(name for name, _ in called)))


def _names(text: str, book: dict[str, list[Any]]) -> list[str]:
    """As they are written, the longest that fits at each place."""
    longest_first = sorted(book, key=len, reverse=True)
    found = []
    for call in _CALL.finditer(text):
        rest = text[call.end() : call.end() + 160]
        folded = rest.casefold()
        fitting = next((one for one in longest_first if folded.startswith(one) and not _goes_on(rest, len(one))), None)
        if fitting:
            found.append(rest[: len(fitting)])
    return found


def _goes_on(rest: str, length: int) -> bool:
    return rest[length : length + 1].isalnum()


def _book() -> dict[str, list[Any]]:
    """What one may call people and teams, in small letters: the whole name, the first name, what stands before the @."""
    book: dict[str, list[Any]] = defaultdict(list)
    for user in get_user_model().objects.filter(is_active=True).select_related("team"):
        for name in {str(user), user.first_name, user.email.partition("@")[0]} - {""}:
            _enter(book, name, user)
    for team in Team.objects.all():
        _enter(book, team.name, team)
    return book


def _enter(book: dict[str, list[Any]], name: str, one: Any) -> None:
    if one not in book[name.casefold()]:
        book[name.casefold()].append(one)


def _people(called: list[tuple[str, list[Any]]]) -> dict[int, Any]:
    teams = [one.path for _, meant in called for one in meant if isinstance(one, Team)]
    people = {one.pk: one for _, meant in called for one in meant if not isinstance(one, Team)}
    for path in teams:
        members = get_user_model().objects.filter(is_active=True, team__path__startswith=path).select_related("team")
        people.update((one.pk, one) for one in members)
    return people


def _refuse_who_cannot_see(called: list[tuple[str, list[Any]]], seeing: set[int]) -> None:
    blind = [str(one) for _, meant in called for one in meant if not isinstance(one, Team) and one.pk not in seeing]
    if blind:
        words = ngettext(
            "%(names)s may not see this record and would not get the message: leave the @ out.",
            "%(names)s may not see this record and would not get the message: leave out their @.",
            len(set(blind)),
        )
        raise Unfit(words % {"names": ", ".join(dict.fromkeys(blind))})
