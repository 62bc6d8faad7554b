from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from fedele.people.consents.consenting import MARKETING_TONES
from fedele.people.contacts.merging import MERGING
from fedele.people.contacts.models import Contact, Role
from fedele.people.identity.personal_names import split_name
from fedele.records.beforehand import asks_beforehand, may_have
from fedele.records.declare import Exchange, Form, Joined, Listing, Page, RecordType, Related, Search, Section, View
from fedele.records.page.facts import linked
from fedele.records.registry import register


@register
class ContactRecord(RecordType):
    model = Contact
    merge = MERGING
    icon = "users"
    section, letter, slug = "people", "c", "contacts"
    menu_order = 20
    is_person = True
    new_label = _("New contact")
    listing = Listing(
        ("last_name", "company", "job", "email", "phone", "mobile", "owner"),
        order="last_name",
        filters=(
            "company",
            "province",
            "preferred_channel",
            "origin_list",
            "owner",
            "phone_marketing",
            "email_marketing",
        ),
        views=(View("all", _("All")), View("mine", _("Mine"), "f=owner.in:me")),
        card=("company", "job", "owner"),
        title=("first_name", "last_name"),
        title_label=_("Name"),
    )
    form = Form(
        Section(_("Person"), "first_name", "last_name", "company", "job", "owner", "team"),
        Section(
            _("Where to reach them"),
            "email",
            "phone",
            "mobile",
            "preferred_channel",
            "language",
            "street",
            "postcode",
            "city",
            "province",
            "country",
        ),
        Section(_("Notes"), "tax_code", "origin_list", "notes"),
        quick=("first_name", "last_name", "company", "job", "email", "mobile"),
    )
    page = Page(
        panels=(
            "people/contacts/_roles.html",
            Related("opportunity", by="contact", label=_("Opportunities"), columns=("stage", "amount")),
        ),
        subtitle=("job", "company", "owner"),
        facts=("phone", "mobile", "email", "preferred_channel", "language", "city"),
    )
    search = Search(
        "first_name", "last_name", also=("number", "company__name", "email", "phone", "mobile", "city", "job")
    )
    exchange = Exchange(
        key="number",
        alike=("company", "email"),
        told=("email_marketing", "phone_marketing", "post_marketing"),
        defaults={"last_name": "first_name"},
        identify=("tax_code",),
        joined=(
            Joined(
                _("first name and surname"),
                ("first_name", "last_name"),
                split_name,
                ("nominativo", "nome e cognome", "cognome e nome", "nome cognome", "cognome nome", "full name", "name"),
            ),
        ),
        provenance="origin_list",
        provenance_required=True,
        sample=(
            {
                "first_name": "Anna",
                "last_name": "Bianchi",
                "company": "Officine Bianchi S.r.l.",
                "job": "Responsabile acquisti",
                "email": "anna.bianchi@example.com",
                "mobile": "333 1234567",
                "postcode": "25121",
                "city": "Brescia",
                "province": "BS",
            },
            {
                "first_name": "Marco",
                "last_name": "Rossi",
                "company": "Rossi Meccanica S.p.A.",
                "email": "marco.rossi@example.com",
                "phone": "02 36571234",
                "postcode": "20121",
                "city": "Milano",
                "province": "MI",
            },
        ),
        synonyms={
            "first_name": ("nome", "first name", "given name", "firstname"),
            "last_name": ("cognome", "last name", "surname", "family name", "lastname"),
            "company": (
                "azienda",
                "ditta",
                "impresa",
                "ragione sociale",
                "società",
                "company",
                "organisation",
                "organization",
                "account",
            ),
            "job": ("ruolo", "qualifica", "mansione", "funzione", "posizione", "title", "job title", "job", "role"),
            "email": ("e-mail", "email", "mail", "posta elettronica"),
            "phone": ("telefono", "tel", "tel.", "telefono ufficio", "phone", "work phone"),
            "mobile": ("cellulare", "cell", "cell.", "mobile", "mobile phone"),
            "tax_code": ("codice fiscale", "cf", "c.f.", "tax code"),
            "street": ("indirizzo", "via", "address", "street"),
            "postcode": ("cap", "zip", "postcode", "postal code"),
            "city": ("città", "comune", "località", "city"),
            "province": ("provincia", "prov", "prov.", "pr", "province"),
            "country": ("nazione", "paese", "country"),
            "origin_list": ("elenco di provenienza", "elenco", "list of origin"),
            "owner": ("commerciale", "assegnato a", "owner"),
            "notes": ("note", "notes", "annotazioni"),
            "number": ("numero", "codice", "number"),
        },
    )

    tones = MARKETING_TONES

    def second_line(self, record: Any) -> str:
        return " · ".join(part for part in (record.job, str(record.company or "")) if part)

    def named(self, name: str) -> dict[str, Any] | None:
        first, _space, last = name.rpartition(" ")
        return {"first_name": first, "last_name": last}

    def panel_context(self, template: str, record: Any, user: Any) -> dict[str, Any] | None:
        roles = (
            record.positions.select_related("company").order_by("until", "-since", "id")[:20]
            if may_have(record, "roles")
            else []
        )
        return {
            "roles": [(role, linked(role.company, user)) for role in roles],
            "may_edit": user.rights.covers(record, "edit"),
        }


@asks_beforehand("contact")
def whether_working(_record_type: Any) -> dict[str, Any]:
    return {"roles": Exists(Role.objects.filter(contact=OuterRef("pk")))}
