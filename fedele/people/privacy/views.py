from __future__ import annotations

import csv
import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fedele.access.administration import administrators_only
from fedele.access.audit import audit
from fedele.access.models import User
from fedele.access.screens import screen, show_confirm, show_form
from fedele.access.sights import Sight, store
from fedele.journal.models import Entry
from fedele.people.privacy import register, retention
from fedele.people.privacy.erasing import preview, run
from fedele.people.privacy.file import file_of
from fedele.people.privacy.forms import RetentionForm
from fedele.people.privacy.models import RetentionRule
from fedele.people.privacy.person import Person, person_of
from fedele.records.registry import registry
from fedele.tasks.progress import Progress
from fedele.ui import redirect, render

#: Lines of a page of "who has seen".
SHOWN = 500


@require_GET
def whole_file(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """For who may export this person: it leaves the house."""
    person = person_of(kind, pk, request.user)
    if not request.user.rights.covers(person.main, "export"):
        raise PermissionDenied(_("Your role may not export this person."))
    name, content = file_of(person, request.user)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def erase_person(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """GET: what goes and what stays. POST: for good, once the name is typed."""
    person = person_of(kind, pk, request.user)
    if not request.user.is_administrator:
        raise PermissionDenied(_("Only administrators erase persons for good."))
    error = ""
    if request.method == "POST":
        if request.POST.get("typed", "").strip() != str(person).strip():
            error = _("Type the name exactly as it stands above.")
        else:
            return redirect(request, _start(person, request.user).get_absolute_url())
    main = person.main
    context = {"person": person, "preview": preview(person), "error": error, "url": registry.of(main).url(main.pk)}
    return render(request, "people/privacy/erase.html", context, status=422 if error else 200)


def _start(person: Person, user: Any) -> Progress:
    """A job, because every text of the house is read. Its title says a number, not the name that is to be forgotten."""
    main = person.main
    return Progress.start(
        user,
        _("Erase %(name)s") % {"name": main.number},
        "erasure",
        url=registry.of(main).url(main.pk),
        job=run,
        args=(main.record_type, main.pk),
    )


# --- who has seen whom ---------------------------------------------------------------------------------------------


@administrators_only
def seen(request: HttpRequest) -> HttpResponse:
    """?since= until= who= of=contact:12: who looked at persons, or took them out of the house; ?format=csv as a file."""
    store()
    asked = _asked(request)
    rows = _sights(asked)[: SHOWN if request.GET.get("format") != "csv" else 100_000]
    people = {one.pk: str(one) for one in User.objects.all()}
    lines = [(row, people.get(row.user_id, "–"), _called(row)) for row in _with_titles(list(rows))]
    if request.GET.get("format") == "csv":
        return _seen_file(lines)
    context = {
        "lines": lines,
        "more": len(lines) == SHOWN,
        "exports": _exports(asked, people),
        "asked": asked,
        "people": sorted(people.items(), key=lambda one: one[1]),
        "query": request.GET.urlencode(),
    }
    return screen(request, "people/privacy/seen.html", context)


def _asked(request: HttpRequest) -> dict[str, Any]:
    today = timezone.localdate()
    of, _colon, pk = request.GET.get("of", "").partition(":")
    return {
        "since": _day(request.GET.get("since", "")) or today - dt.timedelta(days=30),
        "until": _day(request.GET.get("until", "")) or today,
        "who": int(who) if (who := request.GET.get("who", "")).isdigit() and len(who) < 18 else None,
        "of": of if of in registry else "",
        "pk": int(pk) if pk.isdigit() and len(pk) < 18 else None,
    }


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _sights(asked: dict[str, Any]) -> Any:
    rows = Sight.objects.filter(day__gte=asked["since"], day__lte=asked["until"])
    rows = rows.filter(record_type=asked["of"]) if asked["of"] else rows.filter(record_type__in=register.PERSONAL)
    if asked["pk"] is not None:
        rows = rows.filter(record_id=asked["pk"])
    if asked["who"] is not None:
        rows = rows.filter(user_id=asked["who"])
    return rows.order_by("-last_at", "-pk")


def _with_titles(rows: list[Sight]) -> list[Sight]:
    """Names of the records as they are called now, one statement a type."""
    for key in {row.record_type for row in rows}:
        model = registry.by_key(key).model
        wanted = [row.record_id for row in rows if row.record_type == key]
        titles = {one.pk: str(one) for one in model.objects.filter(pk__in=wanted)}
        for row in rows:
            if row.record_type == key:
                row.title = titles.get(row.record_id, "–")  # type: ignore[attr-defined]
    return rows


def _called(row: Sight) -> tuple[str, str]:
    """(name, address) of the record."""
    return row.title, registry.by_key(row.record_type).url(row.record_id)  # type: ignore[attr-defined]


def _exports(asked: dict[str, Any], people: dict[int, str]) -> list[tuple[Entry, str, str]]:
    begin = timezone.make_aware(dt.datetime.combine(asked["since"], dt.time.min))
    end = timezone.make_aware(dt.datetime.combine(asked["until"] + dt.timedelta(days=1), dt.time.min))
    rows = Entry.objects.filter(
        at__gte=begin, at__lt=end, kind__in=("list.exported", "contact.file_given", "lead.file_given")
    )
    if asked["of"]:
        rows = rows.filter(record_type=asked["of"])
    if asked["who"] is not None:
        rows = rows.filter(actor_id=asked["who"])
    known = ((row, registry.get(row.record_type)) for row in rows.order_by("-at", "-id")[:100])
    return [(row, people.get(row.actor_id or 0, "–"), str(of.plural) if of else row.record_type) for row, of in known]


def _seen_file(lines: list[tuple[Sight, str, tuple[str, str]]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="seen.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("who"), _("record"), _("number"), _("first"), _("last"), _("through")])
    for row, who, (title, _url) in lines:
        safe = f"'{title}" if title[:1] in "=+-@\t\r" else title
        writer.writerow([who, safe, row.record_id, row.first_at.isoformat(), row.last_at.isoformat(), row.door])
    return response


# --- periods and the register -----------------------------------------------------------------------------------------


@administrators_only
def rules(request: HttpRequest) -> HttpResponse:
    """Each rule with how many it concerns today, counted to a thousand."""
    rows = [
        (rule, retention.due(rule, request.user)[:1001].count(), retention.query_of(rule, request.user))
        for rule in RetentionRule.objects.all()[:50]
    ]
    return screen(request, "people/privacy/retention.html", {"rows": rows, "back": "/setup/privacy/"})


@administrators_only
def rule(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new rule, or one to change."""
    known = get_object_or_404(RetentionRule, pk=pk) if pk else None
    form = RetentionForm(request.POST if request.method == "POST" else None, instance=known, user=request.user)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        audit("retention.edited" if pk else "retention.added", saved)
        return redirect(request, "/setup/privacy/", _("Saved"))
    title = str(known) if known else _("New retention rule")
    remove = f"/setup/privacy/{pk}/delete/" if pk else ""
    return show_form(request, form, title=title, submit=_("Save"), back="/setup/privacy/", remove=remove)


@administrators_only
def delete_rule(request: HttpRequest, pk: int) -> HttpResponse:
    known = get_object_or_404(RetentionRule, pk=pk)
    if request.method == "POST":
        audit("retention.removed", known)
        known.delete()
        return redirect(request, "/setup/privacy/", _("Rule removed"))
    text = _("The names it concerns stay. The rule disappears from the register of processing.")
    title = _("Remove “%(name)s”?") % {"name": known}
    return show_confirm(request, title=title, text=text, submit=_("Remove"), back="/setup/privacy/")


@administrators_only
def erase_by_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """The names that are due now, at most as many as one night erases."""
    known = get_object_or_404(RetentionRule, pk=pk)
    count = retention.due(known, request.user)[: retention.NIGHTLY + 1].count()
    if request.method == "POST":
        if request.POST.get("typed", "") != str(count):
            raise Http404
        erased = retention.erase_due(known, request.user)
        audit("retention.applied", known, count=erased)
        return redirect(request, "/setup/privacy/", _("%(n)s persons erased for good.") % {"n": erased})
    return render(request, "people/privacy/erase_due.html", {"rule": known, "count": count, "most": retention.NIGHTLY})


@administrators_only
def processing(request: HttpRequest) -> HttpResponse:
    return screen(request, "people/privacy/register.html", {**register.printed(), "today": timezone.localdate()})
