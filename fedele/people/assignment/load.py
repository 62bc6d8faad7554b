"""Who has how much to do, and giving some of it away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.access.audit import edited
from fedele.people.assignment.access import rulers_only, sorters_only
from fedele.people.assignment.people import given_counts
from fedele.people.assignment.presence import Absence, Capacity
from fedele.people.assignment.queue import answer
from fedele.people.assignment.shown import show, show_form, workers
from fedele.people.assignment.work import start
from fedele.people.leads.life import OPEN_STAGES, LeadStage
from fedele.people.leads.models import Lead
from fedele.records.tally.models import Tally
from fedele.ui import redirect

#: Days without any change after which a name that asks for work counts as left lying.
LYING = 14
WORKED = (LeadStage.SUSPECT, LeadStage.LEAD, LeadStage.HOT)
MOST = 10_000


@dataclass(frozen=True)
class Load:
    user: Any
    open: int
    hot: int
    lying: int
    week: int
    capacity: Capacity | None
    absence: Absence | None

    @property
    def share(self) -> float | None:
        """Of what this person can take, what they have."""
        most = self.capacity.most_open if self.capacity else None
        return None if not most else self.open / most


def loads_of(people: list[Any]) -> list[Load]:
    """Five statements, however many people and names."""
    ids, today = [user.pk for user in people], timezone.localdate()
    kept = Tally.objects.filter(record_type="lead", lane__in=OPEN_STAGES, owner_id__in=ids)
    opened: Counter[int] = Counter()
    hot: Counter[int] = Counter()
    for owner, lane, n in kept.order_by().values_list("owner_id", "lane").annotate(n_=Sum("n")):
        opened[owner] += n
        hot[owner] += n if lane == LeadStage.HOT else 0
    lying = Counter(dict(lying_leads(ids).order_by().values_list("owner_id").annotate(n_=Count("pk"))))
    _today, week = given_counts(ids, today)
    limits = {one.user_id: one for one in Capacity.objects.filter(user_id__in=ids)}
    coming = Absence.objects.filter(user_id__in=ids, last_day__gte=today, first_day__lte=today + timedelta(days=30))
    away = {one.user_id: one for one in coming.select_related("substitute").order_by("-first_day")}
    return [
        Load(user, opened[key], hot[key], lying[key], week[key], limits.get(key), away.get(key))
        for key, user in zip(ids, people, strict=True)
    ]


def lying_leads(ids: list[int]) -> Any:
    old = timezone.now() - timedelta(days=LYING)
    return Lead.objects.filter(owner_id__in=ids, stage__in=WORKED, trashed_at=None, updated_at__lt=old)


@sorters_only
def load(request: HttpRequest) -> HttpResponse:
    rows = loads_of(workers(request.user))
    context = {
        "rows": rows,
        "today": timezone.localdate(),
        "lying": LYING,
        "most": max([row.open for row in rows] or [0]),
    }
    return show(request, "load.html", "load", context)


class AwayForm(forms.Form):
    what = forms.ChoiceField(
        label=gettext_lazy("Which"),
        initial="lying",
        choices=[
            ("lying", gettext_lazy("those left lying")),
            ("suspect", gettext_lazy("those nobody has worked yet")),
            ("open", gettext_lazy("all that are open")),
        ],
    )
    count = forms.IntegerField(
        label=gettext_lazy("At most"), required=False, min_value=1, max_value=MOST,
        help_text=gettext_lazy("Empty: all. The oldest go first."),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=gettext_lazy("To whom"),
        initial="people",
        choices=[("people", gettext_lazy("in turn to these people")), ("rules", gettext_lazy("as the rules say"))],
    )
    to = forms.MultipleChoiceField(label=gettext_lazy("Colleagues"), required=False)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(one.pk), str(one)) for one in people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("how") == "people" and not data.get("to") and "to" not in self.errors:
            self.add_error("to", _("Choose at least one colleague."))
        return data


@sorters_only
def give_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Some of a colleague's names to others, in one act that can be taken back as one."""
    people = workers(request.user)
    giver = next((one for one in people if one.pk == pk), None)
    if giver is None:
        raise Http404
    form = AwayForm(request.POST if request.method == "POST" else None, people=[one for one in people if one.pk != pk])
    if request.method == "POST" and form.is_valid():
        ids = _chosen(request.user, pk, form.cleaned_data)
        to = [int(key) for key in form.cleaned_data["to"]] if form.cleaned_data["how"] == "people" else None
        back = reverse("assignment_load")
        if not ids:
            return redirect(request, back, _("There are none of these."), level="info")
        return answer(request, start(request.user, "lead", ids, to=to), back)
    title = _("Give away names of %(name)s") % {"name": giver}
    return show_form(request, form, "load", title=title, submit=_("Give away"), back=reverse("assignment_load"))


def _chosen(user: Any, giver_id: int, asked: dict[str, Any]) -> list[int]:
    found = Lead.objects.visible_to(user, "edit").filter(owner_id=giver_id)
    if asked["what"] == "lying":
        found = found.filter(pk__in=lying_leads([giver_id]).values("pk"))
    else:
        found = found.filter(stage__in=[LeadStage.SUSPECT] if asked["what"] == "suspect" else OPEN_STAGES)
    return list(found.order_by("pk").values_list("pk", flat=True)[: asked["count"] or MOST])


class CapacityForm(forms.ModelForm):
    class Meta:
        model = Capacity
        fields = ["most_open", "most_a_day", "most_a_week"]


@rulers_only
def capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """How much one colleague can take. What is beyond waits in the queue."""
    person = next((one for one in workers(request.user) if one.pk == pk), None)
    if person is None:
        raise Http404
    one = Capacity.objects.filter(user=person).first() or Capacity(user=person)
    names = CapacityForm.Meta.fields
    before = {name: getattr(one, name) for name in names}
    form = CapacityForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        form.save()
        edited("capacity.edited", one, before, {name: getattr(one, name) for name in names})
        return redirect(request, reverse("assignment_load"), _("Saved"))
    title = _("What %(name)s can take") % {"name": person}
    intro = _("Empty means without limit. Whatever is beyond waits in the queue.")
    return show_form(request, form, "load", title=title, submit=_("Save"), back=reverse("assignment_load"), intro=intro)
