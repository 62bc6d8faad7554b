"""Run, the sixth step of the import: whose the new records are, who is told, and the button."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.access.models import Team
from fedele.records.declare import RecordType
from fedele.records.exchange.checked import totals
from fedele.records.exchange.choosing import mine
from fedele.records.exchange.engine import start
from fedele.records.exchange.giving import ways_for
from fedele.records.exchange.keeping import is_checked
from fedele.records.exchange.models import Import
from fedele.records.exchange.summing import expected, sentence
from fedele.records.registry import registry
from fedele.ui import redirect, render

MOST_OWNERS = 200


def run(request: HttpRequest, pk: int) -> HttpResponse:
    source = mine(request, pk)
    if source.state != Import.State.DRAFT:
        return redirect(request, source.url)
    if not is_checked(source):
        return redirect(request, f"/import/{source.pk}/check/")
    problem = ""
    if request.method == "POST":
        problem = _take(source, request)
        if not problem and "run" in request.POST:
            progress = start(source, tell=request.POST.get("tell") == "on")
            return redirect(request, progress.get_absolute_url() if progress else f"/import/{source.pk}/result/")
    return render(request, "records/import_run.html", _context(source, problem), status=422 if problem else 200)


def _context(source: Import, problem: str) -> dict[str, Any]:
    record_type = registry.by_key(source.record_type)
    counts = totals(source)
    owners = owners_for(source.user, record_type)
    return {
        "source": source, "record_type": record_type, "problem": problem, "expected": expected(source, counts),
        "sentence": sentence(source, counts, record_type), "ways": ways_for(source.record_type), "owners": owners,
        "may_leave_open": may_have(source.user, record_type, None), "teams": _teams(source.user, record_type),
        "has_column": "owner" in _fields(source), "each": _each(source, expected(source, counts)["new"]),
    }  # fmt: skip


def _fields(source: Import) -> set[str]:
    return {told if isinstance(told, str) else str(told.get("field")) for told in source.mapping.values()}


def owners_for(user: Any, record_type: RecordType) -> list[Any]:
    """The people this user may make records for."""
    people = get_user_model().objects.filter(is_active=True).order_by("first_name", "last_name")
    return [person for person in people[:MOST_OWNERS] if may_have(user, record_type, person)]


def may_have(user: Any, record_type: RecordType, person: Any) -> bool:
    record = record_type.model(owner_id=person.pk if person else None, team_id=person.team_id if person else None)
    return bool(user.rights.covers(record, "create"))


def _teams(user: Any, record_type: RecordType) -> list[Team]:
    """Teams whose back-office can share out records that nobody has yet."""
    teams = Team.objects.order_by("name")[:MOST_OWNERS]
    return [team for team in teams if user.rights.covers(record_type.model(team_id=team.pk), "create")]


def assigned_to(source: Import) -> str:
    """Whose the new records will be, in words."""
    how = source.rules.get("assign", "one")
    if how == "rules":
        return _("by the assignment rules")
    if how == "turns":
        people = len(source.rules.get("people", []))
        return ngettext("in turn to %(n)s person", "in turn to %(n)s people", people) % {"n": people}
    owner = get_user_model().objects.filter(pk=source.rules.get("owner_id")).first()
    if owner is None:
        team = Team.objects.filter(pk=source.rules.get("team_id")).first()
        return _("nobody yet, in the team %(team)s") % {"team": team} if team else _("nobody yet")
    return str(owner)


def _each(source: Import, new: int) -> str:
    """How many everybody gets when they are given out in turn."""
    people = len(source.rules.get("people", [])) if source.rules.get("assign") == "turns" else 0
    if not people:
        return ""
    low, more = divmod(new, people)
    if not more:
        return ngettext("%(n)s each.", "%(n)s each.", low) % {"n": low}
    return _("%(low)s or %(high)s each.") % {"low": low, "high": low + 1}


def take_owner(source: Import, chosen: str) -> None:
    """The person who gets the new records, among those one may make records for; anybody else changes nothing."""
    record_type = registry.by_key(source.record_type)
    if chosen == "nobody" and may_have(source.user, record_type, None):
        source.rules = {**source.rules, "owner_id": None, "team_id": None}
    for person in owners_for(source.user, record_type) if chosen else ():
        if str(person.pk) == chosen:
            source.rules = {**source.rules, "owner_id": person.pk, "team_id": person.team_id}


def _take(source: Import, request: HttpRequest) -> str:
    """Keeps what was chosen, and says what is wrong with it."""
    record_type = registry.by_key(source.record_type)
    how = request.POST.get("assign", "one")
    how = how if how in dict(ways_for(source.record_type)) else "one"
    allowed = {str(person.pk): person.pk for person in owners_for(source.user, record_type)}
    people = [allowed[chosen] for chosen in request.POST.getlist("people") if chosen in allowed]
    take_owner(source, request.POST.get("owner", ""))
    teams = {str(team.pk): team.pk for team in _teams(source.user, record_type)}
    if source.rules.get("owner_id") is None and request.POST.get("team") in teams:
        source.rules = {**source.rules, "team_id": teams[request.POST["team"]]}
    source.rules = {
        **source.rules, "assign": how, "people": people, "notify": request.POST.get("notify") == "on",
    }  # fmt: skip
    source.save(update_fields=["rules"])
    return _("Choose the people who get them in turn.") if how == "turns" and not people else ""
