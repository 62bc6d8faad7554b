from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import Refused, verb
from fedele.journal.acting import act_as
from fedele.journal.writing import open_batch
from fedele.people.leads.life import OPEN_STAGES, LeadStage
from fedele.records.likeness import likeness_of
from fedele.records.registry import registry
from fedele.search.finding import candidates


@dataclass
class Plan:
    """What a conversion is to make or link. An opportunity is opened by sales when `opportunity` names one."""

    company: Any = None
    contact: Any = None
    make_company: bool = True
    make_contact: bool = True
    #: What a new company is called, if not as the lead says.
    company_name: str = ""
    opportunity: str = ""
    amount: Decimal = field(default_factory=Decimal)


class Convertible(models.Model):
    """A lead becomes company, contact and opportunity in one step, once, and can be taken back."""

    company = models.ForeignKey(
        "people.Company",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="leads",
        verbose_name=_("became company"),
        db_index=False,
    )
    contact = models.ForeignKey(
        "people.Contact",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="leads",
        verbose_name=_("became contact"),
        db_index=False,
    )
    converted_at = models.DateTimeField(_("converted"), null=True, editable=False)

    class Meta:
        abstract = True

    @verb(_("Convert"), when="is_open", icon="arrow-right-left", key="Shift+C", primary=True, done=_("Converted"))
    def convert(self, plan: Plan | None = None) -> Any:
        """Makes or links company and contact in one transaction; returns the batch that undoes it all.

        The row is locked and read again first: of two clicks at once the second is refused.
        """
        plan = plan or Plan()
        with transaction.atomic():
            now = type(self).objects.select_for_update().get(pk=self.pk)
            if now.stage not in OPEN_STAGES:
                raise Refused(_("%(lead)s is already converted or closed.") % {"lead": self})
            batch = open_batch("conversion", record_type="lead", title=str(now), data={"lead": now.pk})
            with act_as(batch=batch):
                now._convert_by(plan)
        self.refresh_from_db()
        return batch

    def _convert_by(self, plan: Plan) -> None:
        name = plan.company_name or self.company_name
        if plan.company is None and plan.make_company and name:
            plan.company = self._make_company(name)
        if plan.contact is None and plan.make_contact and self.person:
            plan.contact = self._make_contact(plan.company)
        self.company, self.contact = plan.company, plan.contact
        self.stage, self.converted_at = LeadStage.CONVERTED, timezone.now()
        self.stage_since = self.converted_at
        for heir in (plan.company, plan.contact):
            if heir is not None:
                heir.inherit_history_of(self)
        wanted = {"name": plan.opportunity, "amount": str(plan.amount)} if plan.opportunity else None
        self.save(kind="converted", data={"company": str(plan.company or ""), "opportunity": wanted})

    def _make_company(self, name: str) -> Any:
        from fedele.people.companies.models import Company

        company = Company(name=name, **_copied(self, ("vat_number", "website", "sector", *ADDRESS)))
        if not self.person:
            company.phone, company.email = self.phone, self.email
        company.owner, company.team = self.owner, self.team
        company.save(data={"lead": str(self.number)})
        return company

    def _make_contact(self, company: Any) -> Any:
        from fedele.people.contacts.models import Contact

        names = ("first_name", "last_name", "job", "email", "phone", "mobile", *ADDRESS)
        contact = Contact(company=company, **_copied(self, names))
        contact.last_name = contact.last_name or contact.first_name
        contact.owner, contact.team = self.owner, self.team
        contact.save(data={"lead": str(self.number)})
        return contact


ADDRESS = ("street", "postcode", "city", "province", "country")


def _copied(lead: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(lead, name) for name in names}


@dataclass(frozen=True)
class Candidate:
    """A record that may be the one the lead is of, and why we think so."""

    record: Any
    #: In words of the reader.
    why: Any
    #: More than a resemblance: it stands chosen at the beginning.
    is_likely: bool


def propose(key: str, lead: Any, user: Any, limit: int = 5) -> list[Candidate]:
    """Companies or contacts the lead may be: found alike first, then those that share a number or an address, then a name."""
    model = registry.by_key(key).model
    visible = model.objects.visible_to(user).select_related(*registry.by_key(key).related())
    likes = [one for one in likeness_of("lead", [lead], user)[0] if one.record_type == key][:limit]
    known = {record.pk: record for record in visible.filter(pk__in=[one.record_id for one in likes])}
    found = [
        Candidate(known[one.record_id], ", ".join(one.reasons) or _("similar name"), one.is_sure)
        for one in likes
        if one.record_id in known
    ]
    shared = _shared(model, lead)
    same = visible.filter(shared).exclude(pk__in=known)[: limit - len(found)] if shared else ()
    found += [Candidate(record, _why(record, lead), is_likely=True) for record in same]
    name = lead.company_name if key == "company" else lead.person
    have = [one.record for one in found]
    found += [Candidate(record, _("similar name"), False) for record in _by_name(visible, key, name, limit, have)]
    return sorted(found, key=lambda one: not one.is_likely)


def _shared(model: Any, lead: Any) -> Q:
    """Same VAT number, e-mail or phone, as far as the lead has them; nothing otherwise."""
    names = {one.name for one in model._meta.concrete_fields}
    shared = Q(email=lead.email) if lead.email else Q()
    if lead.vat_number and "vat_number" in names:
        shared |= Q(vat_number=lead.vat_number)
    for number in ({lead.phone, lead.mobile} - {""}) if "mobile" in names else ():
        shared |= Q(phone=number) | Q(mobile=number)
    return shared


def _why(record: Any, lead: Any) -> Any:
    if lead.vat_number and getattr(record, "vat_number", "") == lead.vat_number:
        return _("same VAT number")
    return _("same e-mail") if lead.email and record.email == lead.email else _("same phone")


def _by_name(visible: Any, record_type: str, name: str, limit: int, found: list[Any]) -> list[Any]:
    if not name or len(found) >= limit:
        return []
    ids = candidates(name, record_type, limit=limit * 4)
    have = {record.pk for record in found}
    similar = {record.pk: record for record in visible.filter(pk__in=ids)}
    return [similar[key] for key in ids if key in similar and key not in have][: limit - len(found)]


def heirs_of(lead: Any, user: Any) -> list[tuple[Any, Any]]:
    """(record type, record) of what a lead became, as far as the user may see it: the most worked with first."""
    found = []
    for key, wanted in (
        ("opportunity", {"lead": lead}),
        ("company", {"pk": lead.company_id}),
        ("contact", {"pk": lead.contact_id}),
    ):
        record_type = registry.get(key)
        record = (
            record_type.model.objects.visible_to(user).filter(**wanted).first()
            if record_type and any(wanted.values())
            else None
        )
        if record is not None:
            found.append((record_type, record))
    return found
