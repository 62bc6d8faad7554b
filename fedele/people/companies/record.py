from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.people.companies.merging import MERGING, settle_group
from fedele.people.companies.models import Company
from fedele.people.consents.consenting import MARKETING_TONES
from fedele.people.contacts.models import Contact, Role
from fedele.people.lifecycle.phases import TONES
from fedele.records.beforehand import asks_beforehand, may_have, related_name
from fedele.records.declare import Exchange, Form, Listing, Page, RecordType, Related, Search, Section, View
from fedele.records.registry import register, registry


@register
class CompanyRecord(RecordType):
    model = Company
    merge = MERGING
    icon = "building-2"
    section, letter, slug = "people", "a", "companies"
    menu_order = 10
    new_label = _("New company")
    listing = Listing(
        ("name", "city", "province", "kind", "phase", "sector", "phone", "owner", "updated_at"),
        order="name",
        filters=("kind", "phase", "province", "sector", "origin_list", "owner", "phone_marketing", "email_marketing"),
        views=(
            View("all", pgettext_lazy("companies", "All")),
            View("mine", pgettext_lazy("companies", "Mine"), "f=owner.in:me"),
            View("customers", _("Customers"), "f=kind.in:customer"),
            View("risk", pgettext_lazy("companies", "At risk"), "f=phase.in:risk"),
            View("key", _("Key accounts"), "f=key_account.is:true"),
        ),
        card=("city", "kind", "owner"),
    )
    form = Form(
        Section(_("Company"), "name", "kind", "parent", "key_account", "owner", "team"),
        Section(
            _("Where to reach it"), "phone", "email", "website", "street", "postcode", "city", "province", "country"
        ),
        Section(_("Identity data"), "vat_number", "tax_code", "pec", "sdi_code", "iban"),
        Section(
            _("Profile"),
            "sector",
            "size",
            "business",
            "purchase_habits",
            "payment_habits",
            "needs",
            "growth_potential",
            "share_of_wallet",
            "readiness",
        ),
        Section(_("Notes"), "origin_list", "notes"),
        quick=("name", "city", "province", "phone", "email", "vat_number"),
    )
    page = Page(
        panels=(
            Related(
                "opportunity",
                by="company",
                label=_("Opportunities"),
                columns=("stage", "amount"),
                only="f=outcome.in:open",
            ),
            Related(
                "opportunity",
                by="company",
                label=_("Bought"),
                columns=("closed_on", "amount"),
                only="f=outcome.in:won",
                name="bought",
                makes=False,
                order="-closed_on",
            ),
        ),
        beside=(
            Related("contact", by="company", label=_("People"), columns=("job",)),
            "people/companies/_positions.html",
            Related("company", by="parent", label=_("Companies of the group"), columns=("city",)),
        ),
        subtitle=("city", "sector", "owner"),
        badges=("kind",),
        facts=("phone", "email", "website", "street", "city", "vat_number", "sdi_code", "sector", "size"),
    )
    search = Search(
        "name", also=("number", "city", "vat_number", "tax_code", "email", "phone", "pec", "website", "sector")
    )
    verbs = ()
    exchange = Exchange(
        key="number",
        alike=("city",),
        told=("phase", "phase_since", "email_marketing", "phone_marketing", "post_marketing"),
        identify=("vat_number", "tax_code"),
        provenance="origin_list",
        sample=(
            {
                "name": "Officine Bianchi S.r.l.",
                "vat_number": "01234567897",
                "phone": "030 2001234",
                "email": "info@officinebianchi.example.com",
                "street": "Via Roma 1",
                "postcode": "25121",
                "city": "Brescia",
                "province": "BS",
            },
            {
                "name": "Rossi Meccanica S.p.A.",
                "vat_number": "12345670017",
                "phone": "02 36571234",
                "street": "Corso Italia 20",
                "postcode": "20121",
                "city": "Milano",
                "province": "MI",
            },
        ),
        synonyms={
            "name": (
                "ragione sociale",
                "denominazione",
                "denominazione ente",
                "denominazione in italiano",
                "azienda",
                "ditta",
                "impresa",
                "società",
                "nome",
                "company",
                "company name",
                "organisation",
                "organization",
                "account",
                "ente",
            ),
            "vat_number": ("partita iva", "p.iva", "piva", "p. iva", "vat", "vat number", "iva"),
            "tax_code": ("codice fiscale", "cf", "c.f.", "codice fiscale ente", "tax code", "fiscal code"),
            "phone": ("telefono", "tel", "tel.", "phone", "telephone"),
            "email": ("e-mail", "email", "mail", "mail1", "posta elettronica"),
            "pec": ("pec", "posta certificata", "indirizzo pec"),
            "sdi_code": ("codice sdi", "codice destinatario", "codice univoco", "sdi"),
            "website": ("sito", "sito web", "url", "sito istituzionale", "website", "web"),
            "street": ("indirizzo", "via", "address", "street"),
            "postcode": ("cap", "zip", "zip code", "postcode", "postal code"),
            "city": ("città", "comune", "località", "city", "town"),
            "province": ("provincia", "prov", "prov.", "pr", "sigla provincia", "sigla automobilistica", "province"),
            "country": ("nazione", "paese", "stato", "country"),
            "sector": ("settore", "categoria", "tipologia", "ateco", "codice ateco", "industry", "sector"),
            "origin_list": ("elenco di provenienza", "elenco", "list of origin"),
            "owner": ("commerciale", "responsabile", "assegnato a", "owner", "sales rep"),
            "notes": ("note", "notes", "annotazioni", "osservazioni"),
            "number": ("numero", "codice", "codice cliente", "number", "code"),
        },
    )
    tones = {**MARKETING_TONES, "phase": TONES, "kind": {"customer": "ok", "prospect": "info", "former": "warn"}}

    def has_group(self, record: Any) -> bool:
        return record.parent_id is not None or may_have(record, related_name("company", "parent"))

    def group_of(self, record: Any, user: Any) -> list[int]:
        ids: list[int] = record.group_ids(user)
        return ids

    def settle_merge(self, survivor: Any, others: list[Any]) -> None:
        settle_group(survivor, others)

    def second_line(self, record: Any) -> str:
        return record.place or record.vat_number or record.number or ""

    def panel_context(self, template: str, record: Any, user: Any) -> dict[str, Any] | None:
        """People with a role here; those who mainly work here stand in their own block."""
        if not user.rights.may("view", "contact") or not may_have(record, "guests"):
            return None
        others = record.positions.exclude(contact__company=record).filter(contact__in=Contact.objects.visible_to(user))
        roles = list(others.select_related("contact").order_by("until", "-since", "id")[:10])
        return {"roles": roles, "contact_type": registry.by_key("contact")} if roles else None


@asks_beforehand("company")
def whether_visited(_record_type: Any) -> dict[str, Any]:
    """By people who mainly work elsewhere, or nowhere."""
    elsewhere = ~Q(contact__company=OuterRef("pk")) | Q(contact__company=None)
    return {"guests": Exists(Role.objects.filter(elsewhere, company=OuterRef("pk")))}
