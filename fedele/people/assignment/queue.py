"""The queue: names nobody has, each with whom the rules would give it to; accepted with a key or given by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.people.assignment.access import may_sort, sorters_only
from fedele.people.assignment.dealing import Deal, Dealer, Why, rules_for
from fedele.people.assignment.giving import Gave
from fedele.people.assignment.shown import show, workers
from fedele.people.assignment.work import start
from fedele.people.leads.life import OPEN_STAGES
from fedele.people.leads.models import Lead
from fedele.tasks.models import Progress
from fedele.ui import redirect

PAGE, COUNTED, MOST = 50, 1_000, 100_000


@dataclass(frozen=True)
class Row:
    lead: Any
    deal: Deal

    @property
    def why(self) -> str:
        return str(Why(self.deal.why).label) if self.deal.why else ""


def waiting_for(user: Any) -> Any:
    """Open leads of nobody that this user may give to somebody."""
    return Lead.objects.visible_to(user, "edit").filter(owner=None, stage__in=OPEN_STAGES)


def count_for(user: Any) -> int:
    """For the menu; counted up to COUNTED."""
    return int(waiting_for(user).order_by().values("pk")[:COUNTED].count()) if may_sort(user) else 0


@sorters_only
def queue(request: HttpRequest) -> HttpResponse:
    """?after= id of the last one seen. The newest names come first."""
    found = waiting_for(request.user).order_by("-pk")
    if (after := request.GET.get("after", "")[:18]).isdigit():
        found = found.filter(pk__lt=int(after))
    leads = list(found[: PAGE + 1])
    rules = rules_for("lead")
    dealer = Dealer("lead", rules)
    rows = [Row(lead, dealer.deal(lead)) for lead in leads[:PAGE]]
    context = {
        "rows": rows,
        "proposed": sum(row.deal.user is not None for row in rows),
        "more": leads[PAGE - 1].pk if len(leads) > PAGE else None,
        "count": count_for(request.user),
        "counted": COUNTED,
        "people": workers(request.user),
        "has_rules": bool(rules),
    }
    return show(request, "queue.html", "queue", context)


@sorters_only
@require_POST
def sort(request: HttpRequest) -> HttpResponse:
    """Gives the chosen ones (`ids`, or `all`=1) by the rules, or with `owner` to that colleague."""
    found = waiting_for(request.user)
    if request.POST.get("all") != "1":
        parts = ",".join(request.POST.getlist("ids")).split(",")
        found = found.filter(pk__in=[int(part) for part in parts if part.isdigit() and len(part) < 19][:MOST])
    ids = list(found.order_by("-pk").values_list("pk", flat=True)[:MOST])
    to = None
    if request.POST.get("act") == "give":
        known = {str(one.pk): one.pk for one in workers(request.user)}
        to = [known[key] for key in request.POST.getlist("owner") if key in known]
    if not ids or to == []:
        return redirect(request, reverse("assignment_queue"), _("Choose names, and to whom they go."), level="warn")
    return answer(request, start(request.user, "lead", ids, to=to), reverse("assignment_queue"))


def answer(request: HttpRequest, done: Gave | Progress, back: str) -> HttpResponse:
    """To the progress of a job, or back with what was done and the way to take it back."""
    if isinstance(done, Progress):
        return redirect(request, done.get_absolute_url())
    undo = f"/undo/batch/{done.batch.pk}/" if done.batch and done.changed else None
    return redirect(request, back, said(done), undo, "ok" if done.changed else "warn")


def said(gave: Gave) -> str:
    """ "12 names given: Giulia Bassi 7, Luca Moretti 5." """
    text = ngettext("%(n)s name given.", "%(n)s names given.", gave.changed) % {"n": gave.changed}
    per = sorted(gave.per_user.items(), key=lambda one: (-one[1], one[0]))[:6]
    if len(per) > 1:
        text += " " + ", ".join(f"{name} {n}" for name, n in per) + "."
    if gave.skipped:
        left = ngettext("%(n)s stays where it is.", "%(n)s stay where they are.", gave.skipped)
        text += " " + left % {"n": gave.skipped}
    return text
