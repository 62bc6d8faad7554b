from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.billing.disputes.models import Dispute
from fedele.billing.disputes.settling import LIVING, DisputeState
from fedele.records.declare import (
    Board,
    Calendar,
    Exchange,
    Form,
    Lane,
    Listing,
    Page,
    RecordType,
    Related,
    Search,
    Section,
    View,
)
from fedele.records.registry import register

OPEN = f"f=state.in:{','.join(LIVING)}"


@register
class DisputeRecord(RecordType):
    model = Dispute
    icon = "scale"
    section, letter, slug = "billing", "z", "disputes"
    new_label = _("New dispute")
    listing = Listing(
        ("subject", "company", "reason", "amount", "state", "opened_on", "next_step_on", "owner"),
        order="-opened_on",
        filters=("state", "reason", "owner", "next_step_on"),
        views=(
            View("open", pgettext_lazy("disputes", "Open"), OPEN),
            View("mine", pgettext_lazy("disputes", "Mine"), f"{OPEN}&f=owner.in:me"),
            View("late", _("Step overdue"), f"{OPEN}&f=next_step_on.before:today"),
            View("over", pgettext_lazy("disputes", "Closed"), "f=state.in:credited,rejected,closed"),
            View("all", pgettext_lazy("disputes", "All")),
        ),
        card=("company", "amount", "state"),
    )
    board = Board(
        by="state",
        total="amount",
        only=OPEN,
        card=("company", "amount", "reason", "owner"),
        moves={"review": "take_up", "agreed": "agree"},
        late="is_late",
        drop=("credit", "reject", "close"),
    )
    calendar = Calendar(date="next_step_on", only=OPEN)
    form = Form(
        Section(_("Dispute"), "subject", "company", "contact", "reason", "amount", "owner", "team"),
        Section(_("Plan"), "opened_on", "next_step", "next_step_on"),
        Section(_("Notes"), "notes"),
        quick=("subject", "company", "reason", "amount"),
    )
    page = Page(
        panels=(Related("openitem", by="dispute", label=_("What it is about"), columns=("due_on", "residual")),),
        subtitle=("company", "contact", "owner"),
        badges=("state", "reason"),
        warnings="alarms",
    )
    search = Search("subject", also=("number", "company__name"))
    verbs = ("take_up", "agree", "credit", "reject", "close", "take_step", "put_off", "reopen")
    exchange = Exchange(
        key="number",
        alike=("company",),
        also=("state", "review_on", "closed_on", "outcome", "currency"),
        synonyms={
            "subject": ("oggetto", "contenzioso", "descrizione", "subject"),
            "company": ("azienda", "cliente", "ragione sociale", "company", "customer"),
            "reason": ("motivo", "causale", "reason"),
            "amount": ("importo", "importo contestato", "amount"),
            "opened_on": ("aperto il", "data apertura", "opened on"),
            "owner": ("responsabile", "assegnato a", "owner"),
            "notes": ("note", "notes"),
            "number": ("numero", "codice", "number"),
        },
    )
    tones = {
        "state": {
            "open": "bad",
            "review": "warn",
            "agreed": "info",
            "credited": "ok",
            "rejected": "ok",
            "closed": "ok",
        }
    }

    def second_line(self, record: Any) -> str:
        return str(record.company)

    def lanes(self, group: str) -> list[Lane]:
        """Those that ask for work; what is over has left the board."""
        return [lane for lane in super().lanes(group) if lane.key in LIVING]

    def alarms(self, record: Any, user: Any) -> list[tuple[str, str]]:
        found = [("bad", _("next step overdue"))] if record.is_late else []
        if record.state == DisputeState.OPEN and (timezone.localdate() - record.opened_on).days > 7:
            found.append(("warn", _("nobody has taken it up yet")))
        return found
