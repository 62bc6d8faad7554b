from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.recognising import find_companies, find_items, sign_residuals
from fedele.billing.open_items.synonyms import KINDS, METHODS, SYNONYMS
from fedele.records.declare import Calendar, Exchange, Form, Listing, Page, RecordType, Search, Section, View
from fedele.records.registry import register

#: Of which something is missing; the due day tells whether it is late, whenever one looks.
OPEN = "f=state.in:open,part,over"

# Choices are read from files by these words too.
OpenItem._meta.get_field("kind").words = KINDS  # type: ignore[union-attr]
OpenItem._meta.get_field("method").words = METHODS  # type: ignore[union-attr]


@register
class OpenItemRecord(RecordType):
    model = OpenItem
    icon = "receipt-text"
    section, letter, slug = "billing", "f", "open-items"
    new_label = _("New open item")
    listing = Listing(
        ("document", "kind", "company", "issued_on", "due_on", "amount", "paid", "residual", "state"),
        order="due_on",
        filters=("state", "due_on", "kind", "owner", "dispute"),
        views=(
            View("overdue", _("Overdue"), f"{OPEN}&f=due_on.before:today"),
            View("open", pgettext_lazy("open items", "Open"), OPEN),
            View("week", _("Due in 7 days"), f"{OPEN}&f=due_on.next:7"),
            View("promised", _("Promised"), f"{OPEN}&f=promised_on.filled"),
            View("disputed", _("Disputed"), f"{OPEN}&f=dispute.filled"),
            View("settled", _("Settled"), "f=state.in:settled"),
            View("all", pgettext_lazy("open items", "All")),
        ),
        card=("company", "due_on", "residual"),
    )
    calendar = Calendar(date="due_on", only=OPEN)
    form = Form(
        Section(_("Document"), "document", "kind", "company", "issued_on", "order_ref", "owner", "team"),
        Section(_("What is due"), "amount", "paid", "due_on", "paid_on", "method"),
        Section(_("Collection"), "reminders", "promised_on", "dispute", "company_code", "notes"),
        quick=("document", "company", "amount", "due_on"),
    )
    page = Page(subtitle=("company", "owner"), badges=("kind", "state"), warnings="alarms", tiles="tiles")
    search = Search("document", also=("number", "company__name", "order_ref"))
    exchange = Exchange(
        key="number",
        alike=("company", "due_on"),
        also=("residual", "currency"),
        defaults={"amount": "residual"},
        recognised_by=("company", "company_code", "document", "kind", "issued_on", "due_on", "residual"),
        synonyms=SYNONYMS,
    )
    tones = {
        "state": {"open": "info", "part": "warn", "settled": "ok", "over": "warn"},
        "kind": {"credit_note": "info"},
    }

    def second_line(self, record: Any) -> str:
        return str(record.company)

    def recognise(self, candidates: list[Any], matcher: Any) -> None:
        find_companies(candidates, matcher.user)
        find_items(candidates, matcher)
        sign_residuals(candidates)

    def alarms(self, record: Any, user: Any) -> list[tuple[str, str]]:
        from fedele.billing.open_items.showing import alarms_of

        return alarms_of(record, user)

    def tiles(self, record: Any, user: Any) -> list[dict[str, Any]]:
        from fedele.billing.open_items.showing import tiles_of

        return tiles_of(record, user)
