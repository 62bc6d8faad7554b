from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.records.declare import (
    Board,
    Calendar,
    Exchange,
    Form,
    Lane,
    Listing,
    Page,
    RecordType,
    Search,
    Section,
    View,
)
from fedele.records.registry import register
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.opportunities.situation import alarms_of, situation_of
from fedele.sales.processes.models import Process, Stage


@register
class OpportunityRecord(RecordType):
    model = Opportunity
    icon = "square-kanban"
    section, letter, slug = "sales", "d", "opportunities"
    new_label = _("New opportunity")
    listing = Listing(
        ("name", "company", "stage", "amount", "probability", "closes_on", "owner", "outcome"),
        order="-amount",
        filters=("stage", "owner", "closes_on", "outcome"),
        views=(
            View("open", pgettext_lazy("opportunities", "Open"), "f=outcome.in:open"),
            View("mine", pgettext_lazy("opportunities", "Mine"), "f=owner.in:me&f=outcome.in:open"),
            View("month", _("Closing this month"), "f=outcome.in:open&f=closes_on.in_period:month"),
            View("won", _("Won"), "f=outcome.in:won"),
            View("lost", _("Lost"), "f=outcome.in:lost"),
            View("all", pgettext_lazy("opportunities", "All")),
        ),
        card=("company", "amount", "stage"),
    )
    board = Board(
        by="stage",
        total="amount",
        weighted="probability",
        state="outcome",
        only="f=outcome.in:open",
        move="move",
        card=("company", "amount", "closes_on", "owner"),
        closed=(
            View("won", _("Won this month"), "f=outcome.in:won&f=closed_on.in_period:month"),
            View("lost", _("Lost this month"), "f=outcome.in:lost&f=closed_on.in_period:month"),
        ),
        drop=("win", "lose"),
        stalled="is_stalled",
        late="is_late",
    )
    calendar = Calendar(date="closes_on", only="f=outcome.in:open")
    form = Form(
        Section(_("Opportunity"), "name", "company", "contact", "amount", "owner", "team"),
        Section(_("Plan"), "stage", "probability", "closes_on", "next_step", "next_step_on"),
        Section(_("What it is about"), "needs", "competitor", "notes"),
        quick=("name", "company", "amount", "closes_on"),
    )
    page = Page(
        panels=("sales/opportunities/_forecast.html", "sales/opportunities/_passages.html"),
        subtitle=("company", "contact", "owner"),
        badges=("outcome", "stage"),
        tiles="tiles",
        warnings="alarms",
    )
    search = Search("name", also=("number", "company__name"))
    verbs = ("win", "lose", "move", "take_step", "put_off", "reopen")
    exchange = Exchange(
        key="number",
        alike=("company",),
        also=("outcome", "closed_on", "loss_reason"),
        told=("stage_since",),
        synonyms={
            "name": ("trattativa", "nome", "oggetto", "titolo", "opportunity", "deal", "name"),
            "company": ("azienda", "cliente", "ragione sociale", "company", "account", "customer"),
            "contact": ("contatto", "referente", "contact"),
            "amount": ("importo", "valore", "amount", "value"),
            "stage": ("fase", "stage"),
            "probability": ("probabilità", "probability"),
            "closes_on": ("chiusura", "chiusura prevista", "data chiusura", "close date", "expected close"),
            "owner": ("commerciale", "assegnato a", "owner"),
            "notes": ("note", "notes"),
            "number": ("numero", "codice", "number"),
        },
    )
    tones = {"outcome": {"open": "info", "won": "ok", "lost": "bad"}}

    def second_line(self, record: Any) -> str:
        return str(record.company)

    def board_groups(self) -> list[tuple[str, str]]:
        # A handful, changed once in a while, asked for by every board.
        rows = caches["process"].get_or_set("sales-processes", lambda: list(Process.objects.all()[:20]), 5)
        return [(str(process.pk), process.name) for process in rows]

    def lanes(self, group: str) -> list[Lane]:
        chosen = group if group.isdigit() and len(group) < 19 else None
        stages = Stage.objects.filter(process_id=chosen) if chosen else Stage.objects.filter(process=Process.default())
        return [Lane(str(stage.pk), stage.name, f"{stage.probability}%") for stage in stages.order_by("position", "id")]

    def tiles(self, record: Any, user: Any) -> list[dict[str, Any]]:
        """Amount, weighted amount, close and time in the stage, without what is hidden from this user."""
        return situation_of(record, hides=lambda name: user.rights.hides(self.key, name))

    def alarms(self, record: Any, user: Any) -> list[tuple[str, str]]:
        return alarms_of(record)

    def panel_context(self, template: str, record: Any, user: Any) -> dict[str, Any] | None:
        if template.endswith("_passages.html"):
            return {"passages": list(reversed(record.passages())), "expected": record.stage.expected_days}
        shown = record.is_open and not user.rights.hides(self.key, "probability")
        return {"share": (record.probability or 0) / 100, "usual": record.stage.probability} if shown else None
