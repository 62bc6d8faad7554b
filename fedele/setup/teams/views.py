from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.access.administration import administrators_only
from fedele.access.audit import audit, edited
from fedele.access.models import Team
from fedele.access.screens import screen, show_confirm, show_form
from fedele.records.registry import registry
from fedele.setup.teams.forms import TeamForm, told
from fedele.ui import redirect


@administrators_only
def teams(request: HttpRequest) -> HttpResponse:
    return screen(request, "setup/teams.html", {"teams": in_tree_order()})


def in_tree_order() -> list[Any]:
    """Each team after the one it is part of, with the number of its active members."""
    rows = Team.objects.annotate(people=Count("members", filter=Q(members__is_active=True))).order_by("name")
    below: dict[int | None, list[Team]] = {}
    for team in rows:
        below.setdefault(team.parent_id, []).append(team)
    ordered: list[Team] = []

    def add(parent: int | None) -> None:
        for team in below.get(parent, []):
            ordered.append(team)
            add(team.pk)

    add(None)
    return ordered


@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    parent = request.GET.get("parent", "")
    form = TeamForm(
        request.POST if request.method == "POST" else None, initial={"parent": parent} if parent.isdigit() else {}
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            team = form.save()
            audit("team.added", team, changes={name: ["", value] for name, value in told(team).items() if value})
        return redirect(request, reverse("setup_teams"), _("Team “%(name)s” added") % {"name": team})
    return show_form(request, form, title=_("New team"), submit=_("Add"), back=reverse("setup_teams"))


@administrators_only
def team(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Team, pk=pk)
    before = told(one)
    form = TeamForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            edited("team.edited", one, before, told(form.save()))
        return redirect(request, reverse("setup_teams"), _("Saved"))
    back, remove = reverse("setup_teams"), reverse("setup_team_delete", args=[pk])
    return show_form(request, form, title=before["name"], submit=_("Save"), back=back, remove=remove)


@administrators_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Team, pk=pk)
    reason = why_not(one)
    if request.method == "POST" and not reason:
        with transaction.atomic():
            audit("team.removed", one, changes={name: [value, ""] for name, value in told(one).items() if value})
            one.delete()
        return redirect(request, reverse("setup_teams"), _("Team “%(name)s” deleted") % {"name": one.name})
    title, text = _("Delete the team “%(name)s”?") % {"name": one}, _("Nobody is in it and nothing belongs to it.")
    return show_confirm(request, title=title, text=text, submit=_("Delete"), back=reverse("setup_teams"), error=reason)


def why_not(team: Team) -> str:
    """Only an empty team can be deleted: what would become of its people and records must not be guessed."""
    if people := team.members.count():
        text = ngettext(
            "%(num)s user is in this team. Move them first.", "%(num)s users are in this team. Move them first.", people
        )
        return text % {"num": people}
    if team.children.exists():
        return _("Other teams are part of it. Move them first.")
    for record_type in registry:
        if record_type.model.objects.filter(team=team).exists():
            return _("Records belong to this team (%(what)s). Give them to another first.") % {
                "what": record_type.plural
            }
    return ""
