from __future__ import annotations

from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Concat
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.people.profiles.kinds import FactKind
from fedele.people.profiles.models import Agreement, Observation
from fedele.records.declare import Calendar, Exchange, Form, Listing, Page, RecordType, Search, Section, View
from fedele.records.registry import register

_ABOUT: dict[str, tuple[str, ...]] = {
    "company": ("azienda", "cliente", "ragione sociale", "company", "customer"),
    "contact": ("contatto", "persona", "contact"),
    "said_by": ("detto da", "chi", "said by"),
    "source": ("fonte", "saputo in", "source"),
    "owner": ("inserito da", "owner", "entered by"),
}


@register
class ObservationRecord(RecordType):
    model = Observation
    icon = "notebook-pen"
    section, letter, slug = "people", "o", "observations"
    menu_order = 60
    new_label = _("New observation")
    listing = Listing(
        ("text", "kind", "company", "contact", "said_by", "source", "noted_on", "owner"),
        order="-noted_on",
        filters=("kind", "source", "noted_on", "owner"),
        views=(
            View("all", pgettext_lazy("observations", "All")),
            View("mine", pgettext_lazy("observations", "Mine"), "f=owner.in:me"),
            View("needs", _("Needs"), "f=kind.in:need"),
            View("unhappy", _("Unhappy customers"), "f=kind.in:satisfaction,quality&f=value.lt:3"),
            View("expired", _("To ask again"), "f=valid_until.before:today"),
        ),
        card=("kind", "company", "noted_on"),
    )
    form = Form(
        Section(_("What we know"), "text", "kind", "noted_on", "valid_until", "notes"),
        Section(_("Of whom"), "company", "contact", "said_by", "source", "owner", "team"),
        quick=("text", "kind", "company"),
    )
    page = Page(subtitle=("company", "contact", "owner"), badges=("kind",))
    search = Search("text", also=("company__name", "said_by"))
    exchange = Exchange(
        key="number",
        alike=("company", "kind"),
        synonyms={
            **_ABOUT,
            "text": ("osservazione", "testo", "text", "observation"),
            "kind": ("tipo", "kind"),
            "noted_on": ("data", "saputo il", "date"),
            "valid_until": ("valido fino al", "scadenza", "valid until"),
            "notes": ("note", "annotazioni", "notes"),
        },
    )

    def second_line(self, record: Any) -> str:
        return str(record.company or record.contact or record.lead or "")

    def name_expression(self) -> Any:
        """«Satisfaction: 4/5»: among other news a mark alone says nothing."""
        kinds = [When(kind=one.value, then=Value(f"{capfirst(one.label)}: ")) for one in FactKind]
        return Concat(Case(*kinds, default=Value("")), F("text"), output_field=TextField())


@register
class AgreementRecord(RecordType):
    model = Agreement
    icon = "handshake"
    section, letter, slug = "people", "k", "agreements"
    menu_order = 60
    new_label = _("New agreement")
    listing = Listing(
        ("subject", "company", "side", "due_on", "state", "formal", "made_on", "owner"),
        order="due_on",
        filters=("state", "due_on", "side", "owner", "formal"),
        views=(
            View("open", pgettext_lazy("agreements", "Open"), "f=state.in:open"),
            View("mine", pgettext_lazy("agreements", "Mine"), "f=state.in:open&f=owner.in:me"),
            View("late", _("Past their day"), "f=state.in:open&f=due_on.before:today"),
            View("broken", pgettext_lazy("agreements", "Broken"), "f=state.in:broken"),
            View("all", pgettext_lazy("agreements", "All")),
        ),
        card=("company", "due_on", "state"),
    )
    calendar = Calendar(date="due_on", only="f=state.in:open")
    form = Form(
        Section(_("Agreement"), "subject", "side", "formal", "made_on", "due_on"),
        Section(_("With whom"), "company", "contact", "said_by", "source", "owner", "team"),
        Section(_("Notes"), "notes"),
        quick=("subject", "company", "side", "due_on"),
    )
    page = Page(subtitle=("company", "contact", "owner"), badges=("state", "side"), warnings="alarms")
    search = Search("subject", also=("number", "company__name"))
    verbs = ("keep", "fail", "put_off", "reopen")
    exchange = Exchange(
        key="number",
        alike=("company",),
        also=("state", "settled_on", "outcome"),
        synonyms={
            **_ABOUT,
            "subject": ("accordo", "oggetto", "agreement", "subject"),
            "side": ("promesso da", "promised by"),
            "due_on": ("entro", "fino al", "scadenza", "until", "due"),
            "made_on": ("data", "concordato il", "date"),
            "formal": ("per iscritto", "in writing"),
            "number": ("numero", "codice", "number"),
        },
    )
    tones = {"state": {"open": "info", "kept": "ok", "broken": "bad"}}

    def second_line(self, record: Any) -> str:
        return str(record.company or record.contact or record.lead or "")

    def alarms(self, record: Any, user: Any) -> list[tuple[str, str]]:
        return [("bad", _("its day has passed"))] if record.is_overdue else []
