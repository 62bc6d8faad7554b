from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.access.carried import lies_on_others
from fedele.knowledge.documents.models import Document
from fedele.records.api.further import adds_router, takes_form
from fedele.records.declare import Calendar, Exchange, Form, Listing, Page, RecordType, Search, Section, View
from fedele.records.registry import register

lies_on_others("document")
takes_form("document", "fedele.knowledge.documents.sending.form")
adds_router("documents", "fedele.knowledge.documents.api.router")


@register
class DocumentRecord(RecordType):
    model = Document
    icon = "file-text"
    section, letter, slug = "knowledge", "j", "documents"
    new_label = _("New document")
    listing = Listing(
        ("name", "category", "kind", "company", "valid_until", "updated_at", "owner"),
        order="-updated_at",
        filters=("category", "kind", "valid_until", "owner", "company", "contact", "lead"),
        views=(
            View("all", pgettext_lazy("documents", "All")),
            View("mine", pgettext_lazy("documents", "Mine"), "f=owner.in:me"),
            View("ending", _("About to end"), "f=valid_until.next:60&sort=valid_until"),
            View("ended", _("No longer valid"), "f=valid_until.before:today&sort=-valid_until"),
        ),
        card=("category", "company", "updated_at"),
    )
    calendar = Calendar(date="valid_until")
    form = Form(
        Section(_("Document"), "name", "category", "valid_until", "description"),
        Section(pgettext_lazy("document", "Lies on"), "company", "contact", "lead"),
        quick=("name", "category", "company"),
    )
    page = Page(
        panels=("knowledge/documents/_file.html", "knowledge/documents/_versions.html"),
        subtitle=("company", "contact", "lead", "owner"),
        badges=("kind",),
        warnings="alarms",
    )
    search = Search("name", also=("number", "company__name", "description"))
    exchange = Exchange(
        key="number",
        alike=("company",),
        synonyms={
            "name": ("documento", "nome", "titolo", "document", "title"),
            "category": ("categoria", "category"),
            "description": ("descrizione", "description"),
            "company": ("azienda", "cliente", "company", "customer"),
            "contact": ("contatto", "persona", "contact"),
            "valid_until": ("valido fino al", "scadenza", "valid until"),
            "number": ("numero", "codice", "number"),
        },
    )
    home_lists = (View("ending", _("Documents about to end"), "f=owner.in:me&f=valid_until.next:30&sort=valid_until"),)

    def second_line(self, record: Any) -> str:
        where = record.company or record.contact or record.lead or ""
        return " · ".join(filter(None, (str(record.category or ""), str(where), record.number or "")))

    def alarms(self, record: Any, user: Any) -> list[tuple[str, str]]:
        return [("warn", _("no longer valid"))] if record.is_expired else []

    def panel_context(self, template: str, record: Any, user: Any) -> dict[str, Any] | None:
        from fedele.knowledge.documents.showing import file_of, versions_of

        return file_of(record, user) if template.endswith("_file.html") else versions_of(record, user)
