"""What stands in braces in a template, and what it becomes. A closed list: nothing a template says is ever carried out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from fedele.base.house import house
from fedele.ui.formatted.text import Formatted
from fedele.ui.moments import date

BRACES = re.compile(r"\{([a-z_]{1,40})\}")


def _person(record: Any, name: str) -> str:
    """Of a contact or a lead themselves; a company has no first name."""
    return str(getattr(record, name, "") or "")


def _company(record: Any) -> str:
    if record is None:
        return ""
    if record.record_type == "company":
        return str(record)
    return str(getattr(record, "company", None) or getattr(record, "company_name", "") or "")


#: Name → (what it is, its value for a record and who writes to it).
FIELDS: dict[str, tuple[Any, Callable[[Any, Any], str]]] = {
    "first_name": (_("first name"), lambda record, _user: _person(record, "first_name")),
    "last_name": (_("last name"), lambda record, _user: _person(record, "last_name")),
    "company": (_("company"), lambda record, _user: _company(record)),
    "city": (_("city"), lambda record, _user: _person(record, "city")),
    "our_name": (_("our company"), lambda _record, _user: house().name),
    "my_name": (_("my name"), lambda _record, user: str(user)),
    "my_phone": (_("my phone"), lambda _record, user: user.phone),
    "today": (_("today’s date"), lambda _record, _user: date(timezone.localdate())),
}


def filled(text: str, record: Any, user: Any, escape: Callable[[str], Any] = str) -> str:
    """The text with what is known filled in; what is not known stays in its braces, to be seen and completed by hand.

    Of a letter to nobody in particular, `record` None, that is who writes, and when.

    `escape` is for a text that is HTML.
    """

    def value(found: re.Match[str]) -> str:
        known = FIELDS.get(found[1])
        said = known[1](record, user) if known else ""
        return str(escape(said)) if said else found[0]

    return BRACES.sub(value, text)


def filled_body(template: Any, record: Any, user: Any) -> Formatted:
    """The text of a template for this letter, formatted as it is."""
    if not template.body_html:
        return Formatted(filled(template.body, record, user))
    return Formatted.of(filled(template.body_html, record, user, escape))


def added(typed: Formatted, more: Formatted) -> Formatted:
    """What was typed with a further text below it."""
    if not typed.strip():
        return more
    if not (typed.html or more.html):
        return Formatted(f"{typed.rstrip()}\n\n{more}")
    return Formatted.of(f"{Formatted(typed.rstrip(), typed.html).shown}<div><br></div>{more.shown}")


def unfilled(text: str) -> list[str]:
    """Names still in braces: such a letter is not sent as it is."""
    return [name for name in dict.fromkeys(BRACES.findall(text)) if name in FIELDS]
