from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.people.lists.models import ListState, PurchasedList
from fedele.people.lists.outcome import outcome_of
from fedele.records.declare import Exchange, Form, Listing, Page, RecordType, Search, Section, View
from fedele.records.registry import register
from fedele.ui.amounts import money, number


@register
class PurchasedListRecord(RecordType):
    model = PurchasedList
    icon = "list-checks"
    section, letter, slug = "people", "e", "name-lists"
    menu_order = 40
    new_label = _("New list of names")
    listing = Listing(
        ("name", "vendor", "kind", "received_on", "names", "cost", "legal_basis", "state", "owner"),
        order="-received_on",
        filters=("kind", "state", "legal_basis", "owner"),
        views=(
            View("all", _("All")),
            View("incomplete", _("To be completed"), "f=state.in:incomplete"),
            View("mine", _("Mine"), "f=owner.in:me"),
        ),
        card=("vendor", "received_on", "state"),
    )
    form = Form(
        Section(_("The list"), "name", "kind", "vendor", "received_on", "cost", "owner", "team"),
        Section(
            _("What allows to contact its names"), "legal_basis", "notice_on", "valid_until", "consent_text", "proof"
        ),
        Section(_("Notes"), "notes"),
        quick=("name", "kind", "vendor", "received_on", "cost", "legal_basis", "notice_on"),
    )
    page = Page(
        panels=("people/lists/_outcome.html",),
        subtitle=("vendor", "received_on", "owner"),
        badges=("state", "kind"),
        tiles="tiles",
        warnings="alarms",
    )
    search = Search("name", also=("number", "vendor"))
    verbs = ("declare_ready", "suspend")
    exchange = Exchange(
        synonyms={
            "name": ("nome", "elenco", "lista", "list", "name"),
            "vendor": ("fornitore", "provenienza", "fonte", "vendor", "source"),
            "received_on": ("ricevuto il", "data", "received on", "received", "date"),
            "cost": ("costo", "prezzo", "cost", "price"),
            "legal_basis": ("base giuridica", "legal basis"),
            "number": ("numero", "codice", "number"),
        },
    )
    tones = {"state": {ListState.READY: "ok", ListState.INCOMPLETE: "warn"}}

    def second_line(self, record: Any) -> str:
        return " · ".join(part for part in (record.vendor, str(record.number or "")) if part)

    def tiles(self, record: Any, user: Any) -> list[dict[str, Any]]:
        """Names, and what each of them cost: the cost of the list divided by the names that came in new."""
        tiles = [{"label": _("Names"), "value": number(record.names), "note": _("came in new")}]
        if not user.rights.hides(self.key, "cost") and record.cost_per_name is not None:
            tiles.append(
                {
                    "label": _("Cost per name"),
                    "value": money(record.cost_per_name, cents=True),
                    "note": _("cost ÷ new names"),
                }
            )
        return tiles

    def alarms(self, record: Any, user: Any) -> list[tuple[str, str]]:
        if record.has_expired:
            return [("bad", _("Expired: nobody on it may be contacted"))]
        return []

    def panel_context(self, template: str, record: Any, user: Any) -> dict[str, Any] | None:
        return outcome_of(record, user)
