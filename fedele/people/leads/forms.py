from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.life import DeadReason
from fedele.records.page.typed import read_number


class DeadForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=DeadReason.choices)


class AmountField(forms.CharField):
    """An amount with the signs of the reader's language."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "")
        return read_number(text) if text else None


class ConvertForm(forms.Form):
    """What becomes of a lead: `company` and `contact` are "new", "none", "other" (one searched for) or a proposed one's id."""

    company = forms.CharField(label=_("Company"))
    company_name = forms.CharField(label=_("Name of the company"), required=False, max_length=200)
    company_other = forms.CharField(label=_("Company"), required=False)
    contact = forms.CharField(label=_("Contact"))
    contact_other = forms.CharField(label=_("Contact"), required=False)
    opportunity = forms.BooleanField(label=_("Open an opportunity"), required=False)
    opportunity_name = forms.CharField(label=_("Name of the opportunity"), required=False, max_length=200)
    amount = AmountField(label=_("Amount"), required=False)

    def __init__(
        self,
        *args: Any,
        lead: Any,
        user: Any,
        may: dict[str, bool],
        companies: list[Any],
        contacts: list[Any],
        **kwargs: Any,
    ) -> None:
        self.lead, self.user, self.may = lead, user, may
        kwargs["initial"] = {
            "company": _first(companies, may["company"] and bool(lead.company_name)),
            "company_name": lead.company_name,
            "contact": _first(contacts, may["contact"] and bool(lead.person)),
            "opportunity": may["opportunity"],
            "opportunity_name": lead.interest or lead.company_name or lead.person,
            "amount": "",
        }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["company_record"] = self._chosen("company", Company)
        data["contact_record"] = self._chosen("contact", Contact)
        if data.get("company") == "new" and not data.get("company_name"):
            self.add_error("company_name", _("Give the new company a name."))
        if data.get("contact") == "new" and not self.lead.person:
            self.add_error("contact", _("This lead names no person."))
        if data.get("opportunity"):
            self._check_opportunity(data)
        return data

    def _chosen(self, name: str, model: Any) -> Any:
        """The existing record that was chosen, if the user may see it; None for a new one or none."""
        choice = self.cleaned_data.get(name, "")
        if choice == "new" and not self.may[name]:
            self.add_error(name, _("Your role does not include creating these."))
        if choice in ("", "new", "none"):
            return None
        key = self.cleaned_data.get(f"{name}_other", "") if choice == "other" else choice
        record = (
            model.objects.visible_to(self.user).filter(pk=int(key)).first() if key.isdigit() and len(key) < 19 else None
        )
        if record is None:
            self.add_error(name, _("Choose which one."))
        return record

    def _check_opportunity(self, data: dict[str, Any]) -> None:
        if not self.may["opportunity"]:
            self.add_error("opportunity", _("Your role does not include creating these."))
        if data.get("company") == "none":
            self.add_error("opportunity", _("An opportunity needs a company."))
        if not data.get("opportunity_name"):
            self.add_error("opportunity_name", _("Give the opportunity a name."))
        amount = data.get("amount")
        if amount is not None and amount < 0:
            self.add_error("amount", _("An amount is not negative."))


def _first(proposals: list[Any], may_make: bool) -> str:
    """What stands chosen at the beginning: a likely match, else a new one, else nothing."""
    likely = next((one for one in proposals if one.is_likely), None)
    if likely is not None:
        return str(likely.record.pk)
    return "new" if may_make else "none"
