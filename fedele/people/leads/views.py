"""The screen of conversion: what the lead is to become, beside what is known already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.people.leads.conversion import Candidate, Plan, heirs_of, propose
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
    #: More than a resemblance: the first such one stands chosen.
    is_likely: bool


def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: proposals and what would be made. POST: does it once; whoever comes second is shown what the lead became."""
    record_type = registry.by_key("lead")
    lead = find(record_type, pk, request.user, "edit")
    if not lead.is_open:
        return _done_before(request, lead)
    may = {key: request.user.rights.may("create", key) for key in ("company", "contact", "opportunity")}
    companies = _proposed("company", lead, request.user, request.GET.get("company", ""))
    contacts = _proposed("contact", lead, request.user, request.GET.get("contact", ""))
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


def _proposed(key: str, lead: Any, user: Any, wanted: str) -> list[Proposal]:
    """Who may be meant; one the address asks for comes first and is taken for certain."""
    record_type = registry.by_key(key)
    found = propose(key, lead, user)
    if wanted.isdecimal() and len(wanted) < 19:
        asked = [one for one in found if one.record.pk == int(wanted)]
        if not asked and (record := record_type.model.objects.visible_to(user).filter(pk=int(wanted)).first()):
            asked = [Candidate(record, _("chosen before"), is_likely=True)]
        found = [*(replace(one, is_likely=True) for one in asked), *(one for one in found if one not in asked)]
    return [Proposal(one.record, record_type.second_line(one.record), str(one.why), one.is_likely) for one in found]
