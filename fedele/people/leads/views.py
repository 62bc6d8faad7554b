"""The screen of conversion: what the lead is to become, beside what is known already."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.conversion import Plan, heirs_of, propose_companies, propose_contacts
from fedele.people.leads.forms import ConvertForm
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import redirect, render


@dataclass(frozen=True)
class Proposal:
    """A record that may be the one meant, and why we think so."""

    record: Any
    line: str
    why: str


def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: proposals and what would be made. POST: does it once; whoever comes second is shown what the lead became."""
    record_type = registry.by_key("lead")
    lead = find(record_type, pk, request.user, "edit")
    if not lead.is_open:
        return _done_before(request, lead)
    may = {key: request.user.rights.may("create", key) for key in ("company", "contact", "opportunity")}
    companies = _proposed(
        "company",
        propose_companies(lead, request.user) if lead.company_name or lead.vat_number or lead.email else [],
        lead,
    )
    contacts = _proposed("contact", propose_contacts(lead, request.user), lead)
    form = ConvertForm(
        request.POST if request.method == "POST" else None,
        lead=lead,
        user=request.user,
        may=may,
        companies=companies,
        contacts=contacts,
    )
    if form.is_bound and form.is_valid():
        return _convert(request, lead, form)
    context = {
        "lead": lead,
        "form": form,
        "companies": companies,
        "contacts": contacts,
        "may": may,
        "url": record_type.url(pk),
        "problems": [
            (name if name != "__all__" else "", form.fields[name].label if name in form.fields else "", message)
            for name, messages in form.errors.items()
            for message in messages
        ],
    }
    return render(request, "people/leads/convert.html", context, status=422 if form.is_bound else 200)


def _convert(request: HttpRequest, lead: Any, form: ConvertForm) -> HttpResponse:
    data = form.cleaned_data
    plan = Plan(
        company=data["company_record"],
        contact=data["contact_record"],
        make_company=data["company"] == "new",
        make_contact=data["contact"] == "new",
        company_name=data["company_name"],
        opportunity=data["opportunity_name"] if data["opportunity"] else "",
        amount=data["amount"] or Decimal(),
    )
    try:
        batch = lead.convert(plan)
    except Refused:
        return _done_before(request, find(registry.by_key("lead"), lead.pk, request.user))
    heirs = heirs_of(lead, request.user)
    url = heirs[0][0].url(heirs[0][1].pk) if heirs else registry.by_key("lead").url(lead.pk)
    return redirect(request, url, _("%(lead)s is converted.") % {"lead": lead}, f"/undo/batch/{batch.pk}/")


def _done_before(request: HttpRequest, lead: Any) -> HttpResponse:
    """Two clicks, two tabs, two colleagues: the second finds what the first made."""
    context = {"lead": lead, "heirs": heirs_of(lead, request.user), "url": registry.by_key("lead").url(lead.pk)}
    return render(request, "people/leads/converted.html", context, status=409 if request.method == "POST" else 200)


def _proposed(key: str, records: list[Any], lead: Any) -> list[Proposal]:
    record_type = registry.by_key(key)
    return [Proposal(record, record_type.second_line(record), _why(record, lead)) for record in records]


def _why(record: Company | Contact, lead: Any) -> str:
    if lead.vat_number and getattr(record, "vat_number", "") == lead.vat_number:
        return _("same VAT number")
    if lead.email and record.email == lead.email:
        return _("same e-mail")
    numbers = {lead.phone, lead.mobile} - {""}
    if numbers & {record.phone, getattr(record, "mobile", "")}:
        return _("same phone")
    return _("similar name")
