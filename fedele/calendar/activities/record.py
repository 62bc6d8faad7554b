from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from fedele.calendar.activities.models import Activity
from fedele.calendar.activities.page import asker
from fedele.records.declare import Calendar, Exchange, Form, Listing, Page, RecordType, Search, Section, View
from fedele.records.registry import register

UNSEEN = "f=state.in:planned&f=asked_by.filled&f=seen_at.empty"


@register
class ActivityRecord(RecordType):
    model = Activity
    icon = "square-check"
    section, letter, slug = "calendar", "t", "activities"
    new_label = _("New activity")
    listing = Listing(
        ("subject", "kind", "company", "due_on", "due_at", "owner", "state", "outcome"),
        order="due_on",
        filters=("owner", "kind", "due_on", "state"),
        views=(
            View("mine", pgettext_lazy("activities", "Mine"), "f=owner.in:me&f=state.in:planned"),
            View(
                "late", pgettext_lazy("activities", "Overdue"), "f=state.in:planned&f=ends_on.before:today&sort=ends_on"
            ),
            View("week", _("This week"), "f=state.in:planned&f=due_on.in_period:week"),
            View("asked", _("Asked of me, not seen"), f"f=owner.in:me&{UNSEEN}"),
            View("waiting", _("I asked, not seen yet"), f"f=asked_by.in:me&f=owner.not_in:me&{UNSEEN}"),
            View("done", pgettext_lazy("activities", "Done"), "f=state.in:done&sort=-done_at"),
            View("all", pgettext_lazy("activities", "All")),
        ),
        card=("company", "due_on", "owner"),
    )
    calendar = Calendar(date="due_on", only="f=state.in:planned", elsewhere="/calendar/?view=month")
    form = Form(
        Section(
            _("Activity"),
            "kind",
            "subject",
            "due_on",
            "due_at",
            "minutes",
            "until_on",
            "until_at",
            "urgent",
            "private",
            "owner",
            "team",
        ),
        Section(_("With whom"), "company", "contact", "lead", "place"),
        Section(_("Reminder and series"), "remind", "repeats", "repeats_until"),
        Section(_("Report"), "report", "purpose", "spent", "kilometres", "costs", "notes"),
        quick=("subject", "kind", "due_on", "due_at", "minutes", "company", "contact"),
        beside="/calendar/load/",
    )
    page = Page(
        subtitle=("company", "contact", "due_on", "owner"), badges=("kind", "state", "outcome"), warnings="alarms"
    )
    search = Search("subject", also=("number", "company__name"))
    verbs = ("complete", "postpone", "hand_over", "call_off", "end_series", "reopen")
    exchange = Exchange(
        key="number",
        also=("state", "outcome", "done_at"),
        told=("ends_on", "asked_by", "asked_at", "seen_at"),
        synonyms={
            "subject": ("oggetto", "titolo", "attività", "subject", "title"),
            "kind": ("tipo", "kind", "type"),
            "due_on": ("data", "scadenza", "giorno", "date", "due"),
            "due_at": ("ora", "time"),
            "company": ("azienda", "cliente", "company"),
            "contact": ("contatto", "referente", "contact"),
            "owner": ("assegnato a", "responsabile", "owner"),
            "report": ("resoconto", "report"),
            "notes": ("note", "notes"),
            "number": ("numero", "codice", "number"),
        },
    )
    tones = {"state": {"done": "ok"}, "outcome": {"interested": "ok", "no_answer": "warn", "wrong_number": "bad"}}

    def second_line(self, record: Any) -> str:
        who = record.company or record.contact or record.lead or record.number or ""
        return " · ".join(filter(None, (str(record.get_kind_display()), record.due_at, str(who))))

    def alarms(self, record: Any, user: Any) -> list[tuple[str, str]]:
        found = [("bad", str(_("overdue")))] if record.is_late else []
        if record.private:
            found.append(("info", str(_("private: colleagues see only that you are busy"))))
        if record.is_unseen:
            found.append(("warn", _not_seen(record)))
        return found


def _not_seen(record: Any) -> str:
    words = {"who": asker(record), "n": record.unseen_days}
    if not words["n"]:
        return str(_("asked by %(who)s today, not seen yet")) % words
    return (
        ngettext(
            "asked by %(who)s %(n)s day ago, not seen yet",
            "asked by %(who)s %(n)s days ago, not seen yet",
            record.unseen_days,
        )
        % words
    )
