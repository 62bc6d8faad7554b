from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.inbox.sending.filling import FIELDS
from fedele.inbox.sending.models import MailTemplate
from fedele.records.declare import Exchange, Form, Listing, Page, RecordType, Search, Section, View
from fedele.records.registry import register


@register
class MailTemplateRecord(RecordType):
    model = MailTemplate
    icon = "mail-plus"
    section, letter, slug = "knowledge", "x", "mail-templates"
    menu_order = 30
    new_label = _("New mail template")
    listing = Listing(
        ("name", "subject", "is_active", "owner", "updated_at"),
        order="name",
        filters=("is_active", "owner"),
        views=(View("all", _("All")), View("mine", _("Mine"), "f=owner.in:me")),
        card=("subject", "owner"),
    )
    form = Form(
        Section(_("Mail template"), "name", "subject", "body", "is_active", "owner", "team"),
        quick=("name", "subject", "body"),
    )
    formatted = {"body": "body_html"}
    page = Page(panels=("inbox/sending/_braces.html",), subtitle=("owner",))
    search = Search("name", also=("subject", "number"))
    exchange = Exchange(
        key="number",
        synonyms={
            "name": ("nome", "modello", "name", "template"),
            "subject": ("oggetto", "subject"),
            "body": ("testo", "corpo", "text", "body"),
            "number": ("numero", "codice", "number"),
        },
    )

    def panel_context(self, template: str, record: Any, user: Any) -> dict[str, Any] | None:
        return {"braces": [(f"{{{name}}}", label) for name, (label, _value) in FIELDS.items()]}
