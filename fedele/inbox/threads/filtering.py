"""What narrows the list of mail: words, who wrote to whom, mailbox, customer, days, files. All of it stands in the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.filed import CUSTOMERS
from fedele.inbox.messages.finding import found_by
from fedele.inbox.messages.models import Attachment, Message
from fedele.records.moments import EARLIEST, LATEST, PERIODS, moment_of, period
from fedele.search.words import fold

#: Messages a search looks at: the best of those that answer it.
LOOKED_AT = 1000
DAYS = [MinValueValidator(dt.date(EARLIEST, 1, 1)), MaxValueValidator(dt.date(LATEST, 12, 31))]
PAST = [(name, capfirst(words)) for name, words in PERIODS.items() if "next" not in name and name != "tomorrow"]


class FilterForm(forms.Form):
    """Each field is a parameter of the address; what is no proper value is set aside and shown."""

    mailbox = forms.ModelChoiceField(Mailbox.objects.none(), label=_("Mailbox"), required=False, empty_label="")
    sender = forms.CharField(label=pgettext_lazy("mail filter", "From"), required=False, max_length=100)
    to = forms.CharField(label=pgettext_lazy("mail filter", "To"), required=False, max_length=100)
    company = forms.ModelChoiceField(CUSTOMERS["company"].objects.none(), label=_("Company"), required=False)
    contact = forms.ModelChoiceField(CUSTOMERS["contact"].objects.none(), label=_("Contact"), required=False)
    lead = forms.ModelChoiceField(CUSTOMERS["lead"].objects.none(), label=_("Lead"), required=False)
    period = forms.ChoiceField(label=_("Last message"), required=False, choices=[("", ""), *PAST])
    since = forms.DateField(label=_("from the day"), required=False, validators=DAYS)
    until = forms.DateField(label=_("to the day"), required=False, validators=DAYS)
    attached = forms.BooleanField(label=_("With attachments"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mailbox"].queryset = Mailbox.objects.visible_to(user)  # type: ignore[attr-defined]
        for name, model in CUSTOMERS.items():
            self.fields[name].queryset = model.objects.visible_to(user)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Chip:
    """A filter as a reader says it, and the address without it."""

    label: str
    value: str
    remove_url: str
    wrong: bool = False


@dataclass(frozen=True)
class Filters:
    view: str
    text: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    #: As they stand in the address.
    raw: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    form: Any = None
    #: The number of the saved view it began with; 0 for none.
    saved: int = 0

    @classmethod
    def read(cls, data: Any, user: Any, view: str, saved: int = 0) -> Filters:
        form = FilterForm(data, user=user)
        form.is_valid()
        raw = {name: data[name] for name in form.fields if data.get(name, "").strip()}
        wrong = {name: str(messages[0]) for name, messages in form.errors.items() if name in raw}
        given = {name: value for name, value in form.cleaned_data.items() if value}
        text = data.get("q", "").replace("\x00", "").strip()[:100]
        kept = {name: raw[name] for name in raw if name in given or name in wrong}
        return cls(view, text, given, kept, wrong, form, saved)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.given)

    def pairs(self) -> list[tuple[str, str]]:
        return [*self._said(), *([("saved", str(self.saved))] if self.saved else [])]

    def _said(self) -> list[tuple[str, str]]:
        return [("view", self.view), *([("q", self.text)] if self.text else []), *self.raw.items()]

    @property
    def kept(self) -> str:
        """What a saved view keeps of it."""
        return urlencode(self._said())

    @property
    def address(self) -> str:
        return f"/mail/?{urlencode(self.pairs())}"

    def without(self, *names: str) -> str:
        return replace(self, raw={name: value for name, value in self.raw.items() if name not in names}).address

    def with_one(self, name: str, value: str) -> str:
        return replace(self, raw={**self.raw, name: value}).address

    @property
    def cleared(self) -> str:
        return replace(self, raw={}, text="").address

    def chips(self) -> list[Chip]:
        return [self._chip(name) for name in self.raw]

    def _chip(self, name: str) -> Chip:
        label = str(self.form.fields[name].label)
        if name in self.wrong:
            return Chip(label, self.wrong[name], self.without(name), wrong=True)
        value = self.given[name]
        shown = {"attached": "", "period": str(PERIODS.get(self.raw[name], ""))}.get(name, str(value))
        return Chip(label, shown if not isinstance(value, dt.date) else self.form[name].value(), self.without(name))

    # --- as a query ---

    def narrow(self, found: Any, user: Any) -> tuple[Any, dict[int, int]]:
        """The threads that are left, and with a search {thread: the message that answers it best}."""
        for name in ("mailbox", *CUSTOMERS):
            if name in self.given:
                found = found.filter(**{name: self.given[name]})
        if "attached" in self.given:
            inside = Attachment.objects.filter(message__thread=OuterRef("pk"), is_inline=False)
            seen = Message.objects.visible_to(user).filter(pk=OuterRef("message"))
            found = found.filter(Exists(inside.filter(Exists(seen))))
        found = found.filter(self._days())
        if not (self.text or "sender" in self.given or "to" in self.given):
            return found, {}
        best = self._best(user)
        return found.filter(pk__in=list(best)), best

    def _days(self) -> Q:
        since, until = self.given.get("since"), self.given.get("until")
        if "period" in self.given:
            first, last = period(self.given["period"], timezone.localdate())
            since, until = max(since or first, first), min(until or last, last)
        days = Q(last_at__gte=moment_of(since)) if since else Q()
        return days & Q(last_at__lt=moment_of(until + dt.timedelta(days=1))) if until else days

    def _best(self, user: Any) -> dict[int, int]:
        """A bounded number of messages is looked at, however much mail there is."""
        sender, to = self.given.get("sender", ""), self.given.get("to", "")
        ids = found_by(user, " ".join(filter(None, (self.text, sender, to))), LOOKED_AT)
        columns = ("pk", "thread_id", "sender", "sender_name", "recipients")
        rows = {row[0]: row[1:] for row in Message.objects.filter(pk__in=ids).values_list(*columns)}
        best: dict[int, int] = {}
        for pk, (thread, address, name, recipients) in ((pk, rows[pk]) for pk in ids if pk in rows):
            receivers = " ".join(part for which in ("to", "cc") for one in recipients.get(which, ()) for part in one)
            if _is(sender, f"{name} {address}") and _is(to, receivers):
                best.setdefault(thread, pk)
        return best


def _is(asked: str, who: str) -> bool:
    """Whether every word of it is in a name or an address."""
    known = fold(who)
    return all(word in known for word in fold(asked).split())
