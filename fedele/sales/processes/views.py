"""The page of setup where a company fits its sales processes."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from fedele.access.administration import administrators_only
from fedele.access.screens import errors_of, screen, show_confirm, show_form
from fedele.base.verbs import Refused
from fedele.sales.processes import keeping
from fedele.sales.processes.forms import NewProcessForm, ProcessForm, Stages
from fedele.sales.processes.models import Process, Stage, install_default
from fedele.ui import redirect


@administrators_only
def processes(request: HttpRequest) -> HttpResponse:
    if not Process.objects.exists():
        install_default()
    rows = Process.objects.annotate(sales=Count("opportunities")).prefetch_related("stages")
    return screen(request, "sales/processes.html", {"rows": rows})


@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    form = NewProcessForm(request.POST if request.method == "POST" else None, initial={"like": Process.default()})
    if request.method == "POST" and form.is_valid():
        made = keeping.make(form.save(commit=False), form.cleaned_data["like"])
        return redirect(request, reverse("process", args=[made.pk]), _("Process “%(name)s” added") % {"name": made})
    return show_form(request, form, title=_("New sales process"), submit=_("Add"), back=reverse("processes"))


@administrators_only
def process(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Process, pk=pk)
    before, data = keeping.told(one), request.POST if request.method == "POST" else None
    counted = Stage.objects.annotate(sales=Count("opportunities")).order_by("position", "id")
    form, stages = ProcessForm(data, instance=one), Stages(data, instance=one, queryset=counted)
    # Both are asked, so that all errors are seen at once.
    if data is not None and all([form.is_valid(), stages.is_valid()]):
        order = [int(key) for key in request.POST.getlist("order") if key.isdigit()]
        keeping.change(form, stages, order, before)
        return redirect(request, reverse("process", args=[pk]), _("Saved"))
    errors = errors_of(form, *stages.forms) + [
        ("", "", message) for message in (stages.non_form_errors() if data else [])
    ]
    context = {"one": one, "title": Process.objects.get(pk=pk).name, "form": form, "stages": stages, "errors": errors}
    return screen(request, "sales/process.html", context, status=422 if errors else 200)


@administrators_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Process, pk=pk)
    back = reverse("processes")
    if request.method == "POST":
        try:
            keeping.remove(one)
        except Refused as refused:
            return redirect(request, back, str(refused), level="bad")
        return redirect(request, back, _("Process “%(name)s” deleted") % {"name": one.name})
    title = _("Delete the sales process “%(name)s”?") % {"name": one}
    text = _("No opportunity uses it. Its stages are deleted with it.")
    return show_confirm(request, title=title, text=text, submit=_("Delete"), back=back, error=keeping.why_not(one))
