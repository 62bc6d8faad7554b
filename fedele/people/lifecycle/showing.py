"""The phase where people look at a customer: a chip beside the name, which says why and opens the whole story."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.people.lifecycle.models import LifeCycle
from fedele.people.lifecycle.phases import TONES, Phase
from fedele.people.lifecycle.rules import guide
from fedele.people.lifecycle.words import why
from fedele.records.adding import Chip, adds_chips
from fedele.records.registry import registry

#: Kinds of company of which the phase says all, and more.
SAME = ("customer", "prospect")


def may_see(user: Any) -> bool:
    return bool(user.rights.may("view", "company") and not user.rights.hides("company", "phase"))


def reason_of(company: Any) -> dict[str, Any]:
    """What today's phase rests on; read once for chip, summary and dossier of one page."""
    if "_phase_reason" not in company.__dict__:
        bought = company.phase not in ("", Phase.PROSPECT)
        row = LifeCycle.objects.filter(pk=company.pk).values_list("reason", flat=True).first() if bought else None
        company.__dict__["_phase_reason"] = row or {}
    return company.__dict__["_phase_reason"]  # type: ignore[no-any-return]


@adds_chips("company")
def phase_of(company: Any, user: Any) -> list[Chip]:
    if not company.phase or not may_see(user):
        return []
    phase = Phase(company.phase)
    reason = capfirst("; ".join(why(reason_of(company), timezone.localdate(), user)))
    to_do = guide(phase)
    tip = _("%(reason)s. To do now: %(actions)s") % {"reason": reason, "actions": "; ".join(to_do)} if to_do else reason
    url = registry.by_key("company").url(company.pk, "phase")
    return [Chip(str(phase.label), TONES[phase], url, tip, "kind" if company.kind in SAME else "")]


@adds_chips("contact")
def phase_of_company(contact: Any, user: Any) -> list[Chip]:
    """A person stands where their company does."""
    company = contact.company
    if company is None or company.is_trashed or not user.rights.covers(company, "view"):
        return []
    return phase_of(company, user)
