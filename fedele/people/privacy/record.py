from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.people.privacy.models import PrivacyRequest
from fedele.records.declare import Calendar, Exchange, Form, Listing, Page, RecordType, Search, Section, View
from fedele.records.registry import register


@register
class PrivacyRequestRecord(RecordType):
    kept_offline = False
    model = PrivacyRequest
    icon = "shield-question-mark"
    section, letter, slug = "people", "p", "privacy-requests"
    menu_order = 91
    new_label = _("New privacy request")
    listing = Listing(
        ("name", "kind", "state", "received_on", "due_on", "owner"),
        order="due_on",
        filters=("state", "kind", "owner"),
        views=(
            View("open", _("To be answered"), "f=state.in:open"),
            View("all", pgettext_lazy("privacy requests", "All")),
        ),
        card=("kind", "state", "due_on"),
    )
    calendar = Calendar(date="due_on", only="f=state.in:open")
    form = Form(
        Section(_("Request"), "name", "kind", "received_on", "identity", "owner", "team"),
        Section(_("Who it is here"), "contact", "lead"),
        Section(_("Notes"), "notes"),
        quick=("name", "kind", "received_on", "contact"),
    )
    page = Page(subtitle=("received_on", "owner"), badges=("kind", "state"), warnings="late")
    search = Search("name", also=("number",))
    verbs = ("fulfil", "refuse", "extend")
    exchange = Exchange(
        key="number", synonyms={"name": ("nome", "richiedente", "name"), "received_on": ("ricevuta il", "received on")}
    )
    tones = {"state": {"open": "warn", "done": "ok"}}

    def second_line(self, record: Any) -> str:
        return f"{record.get_kind_display()} · {record.number or ''}"

    def late(self, record: Any, user: Any) -> list[tuple[str, str]]:
        return [("bad", str(_("answer overdue")))] if record.is_late else []
