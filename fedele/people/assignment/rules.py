"""The list of rules, put in order by dragging; the form of one, which can be tried on last month's names before it is saved."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from fedele.access.audit import audit, edited
from fedele.access.screens import errors_of
from fedele.people.assignment.access import rulers_only
from fedele.people.assignment.dealing import rules_for
from fedele.people.assignment.forms import MOST_CONDITIONS, RuleForm, row_of
from fedele.people.assignment.matching import reading_of, words_of_rule
from fedele.people.assignment.models import Area, Given, How, Rule
from fedele.people.assignment.places import PROVINCES_OF, whole_regions
from fedele.people.assignment.shown import show
from fedele.people.assignment.trying import try_rules
from fedele.people.identity.provinces import PROVINCES
from fedele.ui import redirect, render


@rulers_only
def rules(request: HttpRequest) -> HttpResponse:
    """?for= record type. POST: the order of the lines."""
    key = _type(request.GET.get("for", ""))
    here = f"{reverse('assignment_rules')}?for={key}"
    if request.method == "POST":
        _put_in_order(key, [int(one) for one in request.POST.getlist("order") if one.isdigit() and len(one) < 19])
        return redirect(request, here, _("Saved"))
    found = Rule.objects.filter(record_type=key).select_related("person", "team").prefetch_related("people")
    readings = [reading_of(rule) for rule in found]
    counts = dict(Rule.objects.order_by().values_list("record_type").annotate(Count("pk")))
    kinds = [(one.value, str(one.label).capitalize(), f"?for={one.value}", counts.get(one.value, 0)) for one in Given]
    context = {
        "rows": [(one, words_of_rule(one, request.user), to_whom(one.rule)) for one in readings],
        "kinds": kinds,
        "key": key,
        "trial": try_rules(key, rules_for(key), request.user) if request.GET.get("try") == "1" else None,
    }
    return show(request, "rules.html", "rules", context)


def _type(key: str) -> str:
    if key and key not in Given.values:
        raise Http404
    return key or Given.LEAD.value


def _put_in_order(key: str, order: list[int]) -> None:
    with transaction.atomic():
        known = {rule.pk: rule for rule in Rule.objects.select_for_update().filter(record_type=key)}
        placed = [known[pk] for pk in dict.fromkeys(order) if pk in known]
        placed += [rule for pk, rule in known.items() if pk not in order]
        for at, rule in enumerate(placed):
            if rule.position != at:
                edited("rule.edited", rule, {"position": rule.position + 1}, {"position": at + 1})
                Rule.objects.filter(pk=rule.pk).update(position=at)


def to_whom(rule: Rule) -> str:
    """ "a team, in turn: Vendite Nord" """
    names = ", ".join(str(one) for one in rule.people.all()) or str(rule.team or "")
    named = {How.PERSON: str(rule.person or "–"), How.AREA: rule.line}.get(How(rule.how), names)
    return f"{rule.get_how_display()}: {named}" if named else str(rule.get_how_display())


@rulers_only
def new(request: HttpRequest) -> HttpResponse:
    key = _type(request.GET.get("for", ""))
    how = How.AREA if Area.objects.exists() else How.ROTATION
    return _edit(request, Rule(record_type=key, how=how, position=Rule.objects.filter(record_type=key).count()))


@rulers_only
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Rule, pk=pk))


def _edit(request: HttpRequest, one: Rule) -> HttpResponse:
    adding, before, title = one.pk is None, told(one), one.name
    form = RuleForm(request.POST if request.method == "POST" else None, instance=one, by=request.user)
    trial = None
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            one.draft_people = [person.pk for person in form.cleaned_data["people"]]  # type: ignore[attr-defined]
            trial = try_rules(one.record_type, _with(one), request.user)
        else:
            return _store(request, form, adding, before)
    context = {
        "form": form,
        "one": one,
        "title": title or _("New rule"),
        "errors": errors_of(form),
        "trial": trial,
        "regions": _regions(one),
        "abroad": Area.ABROAD in (one.provinces or ()),
        "rows": _rows(request, form, one),
        "key": one.record_type,
        "fields": _fields(one.record_type, request.user),
        "back": f"{reverse('assignment_rules')}?for={one.record_type}",
    }
    return show(request, "rule.html", "rules", context, status=422 if form.errors else 200)


def _with(draft: Rule) -> list[Rule]:
    """The rules in force as they would be with this one."""
    others = [one for one in rules_for(draft.record_type) if one.pk != draft.pk]
    return sorted([*others, *([draft] if draft.is_active else [])], key=lambda one: (one.position, one.pk or 2**62))


def _store(request: HttpRequest, form: RuleForm, adding: bool, before: dict[str, Any]) -> HttpResponse:
    with transaction.atomic():
        saved = form.save()
        if adding:
            audit("rule.added", saved, changes={name: ["", value] for name, value in told(saved).items() if value})
        else:
            edited("rule.edited", saved, before, told(saved))
    return redirect(request, f"{reverse('assignment_rules')}?for={saved.record_type}", _("Saved"))


def told(one: Rule) -> dict[str, Any]:
    """A rule in words, as the audit compares it."""
    facts = {
        name: getattr(one, name) for name in ("name", "query", "postcodes", "how", "line", "most_open", "is_active")
    }
    facts["provinces"] = " ".join(one.provinces or ())
    facts["person"], facts["team"] = str(one.person or ""), str(one.team or "")
    facts["people"] = ", ".join(str(person) for person in one.people.all()) if one.pk else ""
    return facts


def _regions(one: Rule) -> list[tuple[str, bool, list[tuple[str, str, bool]]]]:
    """(region, whole, [(code, name, ticked)])"""
    chosen, whole = set(one.provinces or ()), whole_regions(one.provinces or ())
    return [
        (
            region,
            region in whole,
            [(code, PROVINCES[code].name, code in chosen and region not in whole) for code in codes],
        )
        for region, codes in PROVINCES_OF.items()
    ]


def _rows(request: HttpRequest, form: RuleForm, one: Rule) -> list[tuple[int, Any]]:
    """The lines of conditions as they are drawn, and an empty one."""
    conditions = form.conditions if form.is_bound else list(reading_of(one).conditions)
    drawn = [row_of(one.record_type, request.user, c.field.name, c.operator, c.values) for c in conditions]
    rows: list[tuple[int, Any]] = list(enumerate(drawn))
    return [*rows, (len(rows), None)] if len(rows) < MOST_CONDITIONS else rows


@rulers_only
def condition(request: HttpRequest) -> HttpResponse:
    """One line of conditions drawn anew for another field or comparison; followed by an empty line, if it was that."""
    key = _type(request.GET.get("for", ""))
    at = int(request.GET["at"]) if request.GET.get("at", "").isdigit() and len(request.GET["at"]) < 4 else 0
    name = request.GET.get(f"field-{at}", "")
    row = (
        row_of(key, request.user, name, request.GET.get(f"op-{at}", ""), tuple(request.GET.getlist(f"value-{at}")))
        if name
        else None
    )
    rows = [(at, row)]
    if name and request.GET.get("first") == "1" and at + 1 < MOST_CONDITIONS:
        rows.append((at + 1, None))
    fields = _fields(key, request.user)
    return render(request, "people/assignment/_conditions.html", {"rows": rows, "key": key, "fields": fields})


def _fields(key: str, user: Any) -> list[Any]:
    return row_of(key, user, "", "", ()).fields


@rulers_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Rule, pk=pk)
    back = f"{reverse('assignment_rules')}?for={one.record_type}"
    if request.method == "POST":
        with transaction.atomic():
            audit("rule.removed", one, changes={name: [value, ""] for name, value in told(one).items() if value})
            one.delete()
        return redirect(request, back, _("Rule “%(name)s” deleted") % {"name": one.name})
    context = {
        "title": _("Delete the rule “%(name)s”?") % {"name": one},
        "submit": _("Delete"),
        "back": back,
        "error": "",
    }
    context["text"] = _("What it gave stays where it is.")
    if request.headers.get("HX-Request") == "true":
        return render(request, "access/_confirm_dialog.html", context)
    return show(request, "confirm.html", "rules", context)
