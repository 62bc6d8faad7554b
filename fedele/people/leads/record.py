from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.people.consents.consenting import MARKETING_TONES
from fedele.people.identity.personal_names import split_name
from fedele.people.leads.conversion import heirs_of
from fedele.people.leads.life import OPEN_STAGES, LeadStage
from fedele.people.leads.merging import MERGING, settle_life
from fedele.people.leads.models import Lead
from fedele.records.declare import Board, Exchange, Form, Joined, Lane, Listing, Page, RecordType, Search, Section, View
from fedele.records.registry import register


@register
class LeadRecord(RecordType):
    model = Lead
    merge = MERGING
    icon = "sparkles"
    section, letter, slug = "people", "l", "leads"
    menu_order = 30
    is_person = True
    new_label = _("New lead")
    listing = Listing(
        ("last_name", "company_name", "province", "source", "stage", "owner", "created_at"),
        order="-created_at",
        filters=("stage", "source", "origin_list", "province", "owner", "phone_marketing", "email_marketing"),
        views=(
            View("open", _("To work"), "f=stage.in:suspect,lead,hot"),
            View("hot", _("Hot"), "f=stage.in:hot"),
            View("cold", _("Cold, to cultivate"), "f=stage.in:cold"),
            View("mine", _("Mine"), "f=owner.in:me"),
            View("all", _("All")),
        ),
        card=("company_name", "stage", "owner"),
        title=("first_name", "last_name"),
        title_label=_("Name"),
        title_else="company_name",
    )
    board = Board(
        by="stage",
        only="f=stage.in:suspect,lead,hot,cold",
        card=("company_name", "source", "owner"),
        moves={"lead": "qualify", "hot": "warm", "cold": "cool"},
    )
    form = Form(
        Section(_("Lead"), "first_name", "last_name", "company_name", "job", "owner", "team"),
        Section(
            _("Where to reach them"),
            "email",
            "phone",
            "mobile",
            "website",
            "street",
            "postcode",
            "city",
            "province",
            "country",
        ),
        Section(_("Where it comes from"), "source", "origin_list", "interest", "sector", "vat_number"),
        Section(_("Notes"), "notes"),
        quick=("first_name", "last_name", "company_name", "email", "phone", "source"),
    )
    page = Page(
        panels=("people/leads/_became.html",),
        subtitle=("company_name", "city", "owner"),
        badges=("stage",),
        facts=("phone", "mobile", "email", "source", "interest", "job", "city"),
    )
    search = Search(
        "first_name",
        "last_name",
        "company_name",
        also=("number", "email", "phone", "mobile", "city", "vat_number", "interest"),
    )
    verbs = ("convert", "qualify", "warm", "cool", "kill", "revive", "deal", "inform")
    exchange = Exchange(
        key="number",
        alike=("company_name", "city", "email"),
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
                "company_name": "Officine Bianchi S.r.l.",
                "email": "anna.bianchi@example.com",
                "phone": "030 2001234",
                "postcode": "25121",
                "city": "Brescia",
                "province": "BS",
                "vat_number": "01234567897",
            },
            {
                "first_name": "Marco",
                "last_name": "Rossi",
                "company_name": "Rossi Meccanica S.p.A.",
                "email": "marco.rossi@example.com",
                "mobile": "333 1234567",
                "postcode": "20121",
                "city": "Milano",
                "province": "MI",
            },
        ),
        also=("stage", "informed_on"),
        told=("email_marketing", "phone_marketing", "post_marketing"),
        synonyms={
            "first_name": ("nome", "first name", "given name", "firstname"),
            "last_name": ("cognome", "last name", "surname", "family name", "lastname"),
            "company_name": (
                "azienda",
                "ditta",
                "impresa",
                "ragione sociale",
                "denominazione",
                "società",
                "company",
                "company name",
                "organisation",
                "organization",
            ),
            "job": ("ruolo", "qualifica", "mansione", "funzione", "title", "job title", "job"),
            "email": ("e-mail", "email", "mail", "posta elettronica"),
            "phone": ("telefono", "tel", "tel.", "phone"),
            "mobile": ("cellulare", "cell", "cell.", "mobile"),
            "vat_number": ("partita iva", "p.iva", "piva", "vat", "vat number"),
            "website": ("sito", "sito web", "url", "website"),
            "street": ("indirizzo", "via", "address", "street"),
            "postcode": ("cap", "zip", "postcode", "postal code"),
            "city": ("città", "comune", "località", "city"),
            "province": ("provincia", "prov", "prov.", "pr", "province"),
            "country": ("nazione", "paese", "country"),
            "source": ("origine", "fonte", "provenienza", "source"),
            "origin_list": ("elenco di provenienza", "elenco", "list of origin"),
            "sector": ("settore", "categoria", "industry", "sector"),
            "interest": ("interesse", "prodotto di interesse", "interest"),
            "owner": ("commerciale", "assegnato a", "owner"),
            "notes": ("note", "notes", "annotazioni"),
            "number": ("numero", "codice", "number"),
        },
    )
    tones = {
        **MARKETING_TONES,
        "stage": {"suspect": "", "lead": "info", "hot": "bad", "cold": "", "converted": "ok", "dead": ""},
    }

    def settle_merge(self, survivor: Any, others: list[Any]) -> None:
        settle_life(survivor, others)

    def second_line(self, record: Any) -> str:
        return " · ".join(part for part in (record.company_name, record.place) if part)

    def verb_url(self, record: Any, verb: str) -> str:
        return self.url(record.pk, "convert") if verb == "convert" else ""

    def panel_context(self, template: str, record: Any, user: Any) -> dict[str, Any] | None:
        """What the lead became, once it is converted."""
        return {"heirs": heirs_of(record, user)} if record.stage == LeadStage.CONVERTED else None

    def lanes(self, group: str) -> list[Lane]:
        """Only the stages that still ask for work: who is converted or dead is off the board."""
        return [lane for lane in super().lanes(group) if lane.key in OPEN_STAGES]
