"""Checks in the register of oppositions: begin one from a list, take the file there, bring the answer back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fedele.access.audit import audit, edited
from fedele.base.verbs import Refused
from fedele.people.consents.forms import RuleForm
from fedele.people.consents.hub import permitted
from fedele.people.consents.people import KEYS
from fedele.people.consents.register.checking import file_of, start, take_in
from fedele.people.consents.register.models import RegisterCheck, RegisterRule
from fedele.people.consents.register.releasing import Stale, release_phone_list
from fedele.people.consents.showforms import form_page
from fedele.records.listing.views import saved_views
from fedele.records.query import ListQuery
from fedele.records.reading import UnreadableFile, open_table
from fedele.records.registry import registry
from fedele.ui import redirect, render

SHOWN = 100
#: A year of the register's biggest answers fits ten times.
MOST_BYTES = 20 * 1024 * 1024


class AnswerFile(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Answer of the register"),
        help_text=gettext_lazy(
            "CSV or a spreadsheet with the number, whether it is enrolled (yes or no), and if known since when. "
            "A single column is read as the enrolled numbers."
        ),
    )


def checks(request: HttpRequest) -> HttpResponse:
    permitted(request)
    context = {
        "rows": list(RegisterCheck.objects.select_related("user")[:SHOWN]),
        "days": RegisterRule.valid_days(),
        "may_edit": request.user.rights.may("edit", "consent"),
        "lists": _lists(request.user),
    }
    return render(request, "people/consents/register.html", context)


def _lists(user: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """(type, its views): whose numbers can be checked."""
    found = []
    for key in KEYS:
        record_type = registry.by_key(key)
        if user.rights.may("view", key):
            views = [(f"{key}:{one.key}", str(one.label)) for one in record_type.listing.views]
            views += [(f"{key}:{one.pk}", one.name) for one in saved_views(record_type, user)]
            found.append((capfirst(str(record_type.plural)), views))
    return found


def new(request: HttpRequest) -> HttpResponse:
    """POST: gathers the numbers of a view. `of` is "lead:open" or "lead:12", a view of the product or a saved one."""
    permitted(request, "edit")
    if request.method != "POST":
        return redirect(request, "/privacy/register/")
    key, _colon, view = request.POST.get("of", "").partition(":")
    record_type = registry.get(key) if key in KEYS else None
    if record_type is None or not request.user.rights.may("view", key):
        raise Http404
    queries = {one.key: (str(one.label), one.query) for one in record_type.listing.views}
    queries |= {str(one.pk): (one.name, one.query) for one in saved_views(record_type, request.user)}
    if view not in queries:
        raise Http404
    label, query = queries[view]
    title = f"{capfirst(str(record_type.plural))} · {label}"
    try:
        with transaction.atomic():
            made = start(record_type, request.user, query, title)
            audit("registercheck.added", made, numbers=made.numbers)
    except Refused as refused:
        return redirect(request, "/privacy/register/", str(refused), level="warn")
    return redirect(request, f"/privacy/register/{made.pk}/")


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: one check, with the file to take to the register. POST: its answer."""
    permitted(request, "edit" if request.method == "POST" else "view")
    one = _one(pk)
    form = AnswerFile(request.POST, request.FILES) if request.method == "POST" else AnswerFile()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            take_in(
                one,
                open_table(given, str(given.name), max_bytes=min(MOST_BYTES, settings.IMPORT_MAX_BYTES)),
                str(given.name),
            )
        except UnreadableFile as unreadable:
            form.add_error("file", unreadable.message)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            audit("registercheck.answered", one)
            return redirect(
                request, f"/privacy/register/{pk}/", _("The answer is in. The numbers may be called until it expires.")
            )
    context = {
        "check": one, "form": form, "days": RegisterRule.valid_days(),
        "may_edit": request.user.rights.may("edit", "consent"),
        "enrolled": list(one.lines.filter(is_enrolled=True).order_by("number")[:SHOWN]),
    }  # fmt: skip
    return render(request, "people/consents/check.html", context, status=422 if form.errors else 200)


def _one(pk: int) -> RegisterCheck:
    one = RegisterCheck.objects.select_related("user").filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


@require_GET
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    permitted(request, "edit")
    one = _one(pk)
    audit("registercheck.exported", one, numbers=one.numbers)
    answer = StreamingHttpResponse(file_of(one), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rpo-{pk}-{timezone.localdate().isoformat()}.csv"'
    return answer


@require_GET
def numbers(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """What of the list of this check may be called now, as a file; nothing at all while a number has no valid answer."""
    permitted(request, "edit")
    one = _one(pk)
    record_type = registry.by_key(one.record_type)
    if not request.user.rights.may("export", one.record_type):
        raise PermissionDenied(_("Your role may not take these numbers out."))
    listed = ListQuery.read(record_type, request.user, QueryDict(one.query)).records("export")
    try:
        released = release_phone_list(listed)
    except Stale as stale:
        return redirect(request, f"/privacy/register/{pk}/", str(stale), level="warn")
    rows = (f"{key};{number}\r\n" for key, number in released.numbers())
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="callable-{pk}-{timezone.localdate().isoformat()}.csv"'
    return answer


def rule(request: HttpRequest) -> HttpResponse:
    permitted(request, "edit")
    one = RegisterRule.objects.first() or RegisterRule()
    before = {"days": one.days}
    form = RuleForm(request.POST if request.method == "POST" else None, instance=one)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            edited("registerrule.edited", form.save(), before, {"days": one.days})
        return redirect(request, "/privacy/register/", _("Saved"))
    return form_page(
        request,
        form,
        title=_("How long an answer is valid"),
        action="/privacy/register/rule/",
        back="/privacy/register/",
    )
