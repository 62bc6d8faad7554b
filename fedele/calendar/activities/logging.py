"""Writing down what just happened with a customer: a call, a visit; with its outcome and the next step in one gesture."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fedele.calendar.activities.asking import stands_in_for
from fedele.calendar.activities.kinds import Kind, Outcome, State
from fedele.calendar.activities.models import Activity
from fedele.journal.acting import act_as, gathering
from fedele.journal.writing import open_batch
from fedele.records.page.answering import changed, in_composer, in_dialog, told
from fedele.records.page.finding import find
from fedele.records.page.undoing import undo_url
from fedele.records.registry import registry
from fedele.ui import redirect, toast

#: On whose pages something can be written down.
ABOUT = ("company", "contact", "lead", "opportunity")


#: What happens without being planned.
LOGGED = [(one.value, one.label) for one in (Kind.CALL, Kind.MEETING, Kind.EMAIL)]


class LogForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it was"),
        choices=LOGGED,
    )
    outcome = forms.ChoiceField(label=gettext_lazy("How it went"), choices=Outcome.choices)
    report = forms.CharField(
        label=gettext_lazy("What was said"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    minutes = forms.IntegerField(label=gettext_lazy("Length, minutes"), required=False, min_value=1, max_value=6000)
    kilometres = forms.IntegerField(label=gettext_lazy("Kilometres"), required=False, min_value=0, max_value=9999)
    costs = forms.DecimalField(
        label=gettext_lazy("Costs"), required=False, min_value=0, max_digits=10, decimal_places=2, localize=True
    )
    next_subject = forms.CharField(label=gettext_lazy("Next step"), required=False, max_length=200)
    next_kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Kind.choices, required=False, initial=Kind.FOLLOW_UP
    )
    next_on = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def log(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """GET: the form, in the dialog or above the timeline. POST: written down, and back to the page it is about."""
    if key not in ABOUT or not request.user.rights.may("create", "activity"):
        raise Http404
    record_type = registry.by_key(key)
    record = find(record_type, pk, request.user)
    form = LogForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": Kind.CALL, "outcome": Outcome.REACHED, "report": request.GET.get("report", "")[:500]},
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic(), gathering() as entries:
            write_down(record, request.user, **form.cleaned_data)
        if in_composer(request):
            return told(request, record_type.url(pk), _("Written down."), undo_url(entries))
        return redirect(request, record_type.url(pk), _("Written down."), undo_url(entries))
    context = {"form": form, "url": request.path, "record": record}
    inner = "calendar/activities/_log_here.html" if in_composer(request) else "calendar/activities/_log.html"
    return in_dialog(request, inner, _("What happened"), context, status=422 if form.errors else 200)


def write_down(record: Any, user: Any, **given: Any) -> Activity:
    """An activity that is done already, and the next one if it is named. One act, undone as one."""
    with act_as(batch=open_batch("act", record_type="activity", title=str(record))):
        done = Activity(owner=user, state=State.DONE, done_at=timezone.now(), due_on=timezone.localdate())
        done.kind, done.outcome, done.report = given["kind"], given["outcome"], given.get("report", "")
        done.spent, done.kilometres, done.costs = given.get("minutes"), given.get("kilometres"), given.get("costs")
        done.subject = subject_of(done)
        attach(done, record)
        done.save()
        if given.get("next_subject") or given.get("next_on"):
            done.follow_with(given.get("next_kind", ""), given.get("next_subject", ""), given.get("next_on"))
    return done


def subject_of(activity: Activity) -> str:
    """The first line of the report, or what kind of thing it was."""
    first = activity.report.strip().splitlines()[0] if activity.report.strip() else ""
    return first[:120] or capfirst(f"{activity.get_kind_display()}: {activity.get_outcome_display()}")


def attach(activity: Activity, record: Any) -> None:
    """To the record, and to the customer behind it."""
    key = record.record_type
    if key in ("company", "contact", "lead"):
        setattr(activity, key, record)
        return
    activity.about_type, activity.about_id = key, record.pk
    activity.company_id = getattr(record, "company_id", None)
    activity.contact_id = getattr(record, "contact_id", None)


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose it is says that they have seen it; who stands in for them today takes it over."""
    record_type = registry.by_key("activity")
    record = find(record_type, pk, request.user)
    if record.owner_id == request.user.pk:
        if record.is_unseen:
            record.acknowledge()
        return _answer(request, record, _("They know now that you have seen it."))
    if not record.is_unseen or stands_in_for(record.owner_id) != request.user.pk:
        raise Http404
    with gathering() as entries:
        record.step_in()
    return _answer(request, record, _("It is yours now; who asked knows."), undo_url(entries))


def _answer(request: HttpRequest, record: Any, message: str, undo: str | None = None) -> HttpResponse:
    """On the record's own page that page anew; beside a list, such as Today's, a toast and the news for it."""
    url, here = registry.by_key("activity").url(record.pk), urlsplit(request.headers.get("HX-Current-URL", "")).path
    if request.headers.get("HX-Request") != "true" or here.startswith(url):
        return redirect(request, url, message, undo)
    return changed(toast(HttpResponse(status=204), message, undo), record)
