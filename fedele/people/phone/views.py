"""The summary for the phone: in a large dialog on one key, or as a page with an address of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fedele.access.sights import saw
from fedele.people.handovers.briefing import phone_briefing
from fedele.records.adding import Chip, MenuEntry, added_chips, added_warnings, adds_menu
from fedele.records.declare import RecordType
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.registry import registry

KEYS = ("company", "contact", "lead")


@dataclass(frozen=True)
class Party:
    """Somebody the summary is about: the person on the phone, and the company they speak for."""

    record: Any
    url: str
    number: str
    chips: list[Chip]
    warnings: list[tuple[str, str]]
    headings: list[tuple[str, list[str]]]


@require_GET
def phone(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    if record_type.key not in KEYS:
        raise Http404
    record = find(record_type, pk, request.user, for_page=True)
    saw(request.user, record_type.key, pk)
    parties = [party_of(record, request.user)]
    if (company := company_of(record, request.user)) is not None:
        parties.append(party_of(company, request.user))
    title = _("For the phone: %(name)s") % {"name": record}
    return in_dialog(request, "people/phone/_summary.html", title, {"title": title, "parties": parties})


def party_of(record: Any, user: Any) -> Party:
    record_type = registry.of(record)
    own = record_type.page.warnings
    warnings = getattr(record_type, own)(record, user) if own else []
    return Party(
        record=record,
        url=record_type.url(record.pk),
        number="" if user.rights.hides(record_type.key, "phone") else record.call_number,
        chips=added_chips(record_type.key, record, user) if record_type.key != "contact" else [],
        warnings=[*warnings, *added_warnings(record_type.key, record, user)],
        headings=phone_briefing(record_type.key, record, user),
    )


def company_of(record: Any, user: Any) -> Any | None:
    """Whom the person works for, if this user may know."""
    company = getattr(record, "company", None)
    if company is None or company.is_trashed or not user.rights.covers(company, "view"):
        return None
    return company


@adds_menu(*KEYS)
def offer(record: Any, _user: Any) -> list[MenuEntry]:
    url = registry.of(record).url(record.pk, "phone")
    return [MenuEntry(_("For the phone"), url, icon="phone-incoming", dialog=True, key="i", in_head=True)]
