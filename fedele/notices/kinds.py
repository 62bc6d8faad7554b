"""The kinds of notice there are. A department's `notices.py` declares its own; the texts are read in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fedele.journal.models import Entry
from fedele.journal.sentences import Values, sentence_of
from fedele.journal.writing import on

Recipients = Callable[[Entry], Iterable[tuple[Any, dict[str, Any]]]]

#: When an e-mail is sent: "none", "now", or with the "daily" digest.
MAIL = ("none", "now", "daily")


@dataclass(frozen=True)
class Kind:
    key: str
    #: What it is called among the preferences.
    label: Any
    #: Why one gets it, in a whole sentence.
    why: Any
    #: What a notice says; placeholders are {actor}, {title} and the keys of its data. Empty: the journal's sentence.
    text: Any = ""
    default_email: str = "none"
    icon: str = "bell"
    #: On the person's devices, unless they chose otherwise.
    default_push: bool = False
    #: Worth nothing later: told in quiet hours as well, such as a customer who is calling.
    urgent: bool = False

    def sentence(self, actor: str, title: str, data: dict[str, Any]) -> str:
        if not self.text:
            return sentence_of(self.key, data)
        return str(self.text).format_map(Values({**data, "actor": actor, "title": title}, self.key))

    @property
    def record_type(self) -> str:
        return self.key.partition(".")[0]


kinds: dict[str, Kind] = {}


def declare(
    kind: str,
    *,
    label: Any,
    why: Any,
    text: Any = "",
    default_email: str = "none",
    icon: str = "bell",
    default_push: bool | None = None,
    urgent: bool = False,
) -> Kind:
    """A kind of notice that is sent by calling `tell`. What is worth an e-mail at once is worth a push as well."""
    if default_email not in MAIL:
        raise ValueError(f"{kind}: default_email is one of {', '.join(MAIL)}")
    push = urgent or default_email == "now" if default_push is None else default_push
    kinds[kind] = Kind(kind, label, why, text, default_email, icon, push, urgent)
    return kinds[kind]


def notice(kind: str, *, entries: str = "", last: bool = False, **declared: Any) -> Callable[[Recipients], Recipients]:
    """Above a function from a journal entry to those who are told: pairs of a user and further data for the text.

    It hears entries of the kind `entries`, by default those named as the notice; "*" hears all and must be quick.
    `last`: gives way to what others tell the same person of the same entry.
    """
    described = declare(kind, **declared)

    def hook(recipients: Recipients) -> Recipients:
        def react(entry: Entry) -> None:
            from fedele.notices.telling import tell_of

            tell_of(described, entry, recipients(entry))

        on(entries or kind, last=last)(react)
        return recipients

    return hook
