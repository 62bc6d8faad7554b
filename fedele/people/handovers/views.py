"""The pages of handovers: the list, the wizard, one with its customers, its briefings for printing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.access.screens import errors_of
from fedele.base.verbs import Refused
from fedele.people.assignment.shown import show
from fedele.people.handovers.access import givers_for, handovers_of, managers_of, may_decide
from fedele.people.handovers.forms import HandoverForm
from fedele.people.handovers.models import Handover, Item
from fedele.people.handovers.moving import ask, decide, url_of
from fedele.people.handovers.preparing import AS_A_JOB, count_of, prepare, prepare_later
from fedele.people.handovers.taking import take
from fedele.records.registry import registry
from fedele.tasks.models import Progress
from fedele.ui import redirect, render

PAGE, PRINTED, LISTED = 50, 300, 100
State = Handover.State


def handovers(request: HttpRequest) -> HttpResponse:
    rows = handovers_of(request.user).prefetch_related("receivers").annotate(
        customers=Count("items", filter=Q(items__is_customer=True)),
        taken=Count("items", filter=Q(items__is_customer=True, items__taken_at__isnull=False)),
    )[:LISTED]  # fmt: skip
    return _show(request, "list.html", {"rows": rows})


def _show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return show(request, f"people/handovers/{template}", "handovers", context, status=status)


def new(request: HttpRequest) -> HttpResponse:
    """?giver= whose portfolio, to begin with."""
    if not request.user.rights.may("edit", "lead") and not request.user.rights.may("edit", "company"):
        raise PermissionDenied(_("Your role has no customers to hand over."))
    givers = givers_for(request.user)
    asked = request.GET.get("giver", "")
    chosen = next((one for one in givers if str(one.pk) == asked), givers[0] if len(givers) == 1 else None)
    posted = request.POST if request.method == "POST" else None
    form = HandoverForm(posted, by=request.user, givers=givers, initial={"giver": chosen})
    if request.method == "POST" and form.is_valid():
        return _begin(request, form)
    context = {"form": form, "errors": errors_of(form)}
    return _show(request, "new.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, form: HandoverForm) -> HttpResponse:
    """Stores the draft and writes the briefings: at once, or for a large portfolio as a job."""
    with transaction.atomic():
        handover = form.save(commit=False)
        handover.made_by, handover.state = request.user, State.PREPARING
        count = count_of(handover, request.user)
        if not count:
            form.add_error("giver", _("There is nothing to hand over."))
            return _show(request, "new.html", {"form": form, "errors": errors_of(form)}, status=422)
        handover.save()
        form.save_m2m()
    if count > AS_A_JOB:
        title = _("Briefings for the handover of %(name)s") % {"name": handover.giver}
        progress = Progress.start(
            request.user, title, "handover", total=count, url=url_of(handover), job=prepare_later, args=(handover.pk,)
        )
        return redirect(request, progress.get_absolute_url())
    prepare(handover, request.user)
    return redirect(request, url_of(handover))


def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """?for= receiver's id, ?after= id of the last customer seen."""
    one = get_object_or_404(handovers_of(request.user), pk=pk)
    items = one.items.filter(is_customer=True).select_related("receiver").annotate(along=Count("followers"))
    receiver = request.GET.get("for", "")[:18]
    if receiver.isdigit():
        items = items.filter(receiver_id=int(receiver))
    if (after := request.GET.get("after", "")[:18]).isdigit():
        items = items.filter(pk__gt=int(after))
    rows = list(items.order_by("pk")[: PAGE + 1])
    context = {
        "one": one,
        "rows": [(item, _link(item, request.user)) for item in rows[:PAGE]],
        "more": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "receiver": receiver,
        "progress": _progress(one),
        "kinds": _kinds(one),
        "may_decide": may_decide(request.user, one) and one.state in (State.DRAFT, State.ASKED),
        "may_ask": one.state == State.DRAFT and one.giver_id == request.user.pk,
        "may_change": one.is_open and (may_decide(request.user, one) or one.made_by_id == request.user.pk),
        "to_take": one.state == State.DONE
        and one.items.filter(is_customer=True, is_moved=True, taken_at=None, receiver=request.user).exists(),
        "undo": _undo(one, request.user),
        "today": timezone.localdate(),
    }
    return _show(request, "handover.html", context)


def _link(item: Item, user: Any) -> str:
    """Where the record is, for who may open records of its type."""
    return registry.by_key(item.record_type).url(item.record_id) if user.rights.may("view", item.record_type) else ""


def _progress(one: Handover) -> list[dict[str, Any]]:
    """For each receiver how many customers, and how many they have taken over."""
    counted = one.items.filter(is_customer=True).order_by().values("receiver_id")
    found = {row["receiver_id"]: row for row in counted.annotate(n=Count("pk"), taken=Count("taken_at"))}
    nothing = {"n": 0, "taken": 0}
    return [{"who": who, **found.get(who.pk, nothing)} for who in one.receivers.order_by("first_name", "last_name")]


def _kinds(one: Handover) -> list[tuple[str, int]]:
    counted = one.items.order_by().values_list("record_type").annotate(Count("pk"))
    return [(str(registry.by_key(key).plural), n) for key, n in counted if key in registry]


def _undo(one: Handover, user: Any) -> str:
    batch = one.batch
    if batch is None or batch.undone_at or one.state != State.DONE:
        return ""
    return f"/undo/batch/{batch.pk}/" if batch.actor_id == user.pk or user.is_administrator else ""


@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands over, plans it for its day, or asks whoever leads the giver."""
    one = get_object_or_404(handovers_of(request.user), pk=pk)
    if not may_decide(request.user, one) and one.giver_id != request.user.pk:
        raise PermissionDenied(_("Only whoever leads the giver decides this."))
    try:
        if not may_decide(request.user, one):
            ask(one, request.user, managers_of(one.giver))
            return redirect(request, url_of(one), _("Asked. It happens when somebody who leads you says so."))
        progress = decide(one, request.user)
    except Refused as refused:
        return redirect(request, url_of(one), str(refused), level="warn")
    if progress is not None:
        return redirect(request, progress.get_absolute_url())
    if one.day > timezone.localdate():
        return redirect(request, url_of(one), _("Planned. It happens by itself on its day."))
    one.refresh_from_db()
    return redirect(request, url_of(one), _("Handed over."), _undo(one, request.user) or None)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(handovers_of(request.user), pk=pk)
    if not (may_decide(request.user, one) or one.made_by_id == request.user.pk):
        raise PermissionDenied(_("Only whoever leads the giver decides this."))
    open_ones = (State.DRAFT, State.ASKED, State.PLANNED)
    done = Handover.objects.filter(pk=pk, state__in=open_ones).update(state=State.CANCELLED)
    message = _("Called off.") if done else _("This handover was decided already.")
    return redirect(request, reverse("handovers") if done else url_of(one), message, level="ok" if done else "warn")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen customers, and all that goes along with them, to another of the receivers."""
    one = get_object_or_404(handovers_of(request.user), pk=pk)
    if not one.is_open or not (may_decide(request.user, one) or one.made_by_id == request.user.pk):
        raise PermissionDenied(_("This handover cannot be changed any more."))
    receiver = one.receivers.filter(pk=_number(request.POST.get("receiver", ""))).first()
    ids = [_number(part) for part in ",".join(request.POST.getlist("ids")).split(",") if part.isdigit()]
    if receiver is None or not ids:
        return redirect(request, url_of(one), _("Choose customers, and who receives them."), level="warn")
    with transaction.atomic():
        count = one.items.filter(pk__in=ids, is_customer=True).update(receiver=receiver)
        one.items.filter(leader__in=ids).update(receiver=receiver)
    text = ngettext("%(n)s customer goes to %(name)s.", "%(n)s customers go to %(name)s.", count)
    return redirect(request, url_of(one), text % {"n": count, "name": receiver})


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 19 else 0


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Read and taken over": one customer (`item`), or all of mine."""
    one = get_object_or_404(handovers_of(request.user), pk=pk)
    count = take(one, request.user, _number(request.POST.get("item", "")) or None)
    text = ngettext("%(n)s customer taken over.", "%(n)s customers taken over.", count) % {"n": count}
    return redirect(request, url_of(one), text, level="ok" if count else "info")


def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """All briefings on one page, ?for= one receiver only; for the printer or for saving as PDF."""
    one = get_object_or_404(handovers_of(request.user), pk=pk)
    items = one.items.filter(is_customer=True).select_related("receiver")
    receiver = request.GET.get("for", "")[:18]
    if receiver.isdigit():
        items = items.filter(receiver_id=int(receiver))
    after = _number(request.GET.get("after", ""))
    rows = list(items.filter(pk__gt=after).order_by("pk")[: PRINTED + 1])
    more = rows[PRINTED - 1].pk if len(rows) > PRINTED else None
    context = {"one": one, "rows": rows[:PRINTED], "more": more, "receiver": receiver}
    return render(request, "people/handovers/printed.html", context)
