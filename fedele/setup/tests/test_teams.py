from __future__ import annotations

from django.test import Client

from fedele.access.models import Team
from fedele.access.tests.people import colleague
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.setup.teams.views import in_tree_order


def test_teams_form_a_tree(as_sara: Client) -> None:
    for name, parent in (("Vendite", ""), ("Nord", "Vendite"), ("Brescia", "Nord"), ("Assistenza", "")):
        above = Team.objects.get(name=parent).pk if parent else ""
        assert as_sara.post("/setup/teams/new/", {"name": name, "parent": above}).status_code == 302
    assert [(team.name, team.depth) for team in in_tree_order()] == [
        ("Assistenza", 0),
        ("Vendite", 0),
        ("Nord", 1),
        ("Brescia", 2),
    ]
    nord = Team.objects.get(name="Nord")
    as_sara.post(f"/setup/teams/{nord.pk}/", {"name": "Nord Italia", "parent": ""})
    assert Team.objects.get(name="Brescia").path == f"/{nord.pk}/{Team.objects.get(name='Brescia').pk}/"
    assert Entry.objects.latest("id").data["changes"] == {"name": ["Nord", "Nord Italia"], "parent": ["Vendite", ""]}


def test_no_team_is_part_of_itself(as_sara: Client) -> None:
    top = Team.objects.create(name="Vendite")
    below = Team.objects.create(name="Nord", parent=top)
    for parent in (top, below):
        assert as_sara.post(f"/setup/teams/{top.pk}/", {"name": "Vendite", "parent": parent.pk}).status_code == 422


def test_only_an_empty_team_is_deleted(as_sara: Client) -> None:
    top = Team.objects.create(name="Vendite")
    below = Team.objects.create(name="Nord", parent=top)
    member = colleague("giulia", team=below)
    company = Company.objects.create(name="Rinaldi", team=below)
    path = f"/setup/teams/{below.pk}/delete/"
    assert as_sara.post(f"/setup/teams/{top.pk}/delete/").status_code == 422
    assert as_sara.post(path).status_code == 422
    member.team = None
    member.save()
    assert as_sara.post(path).status_code == 422
    Company.objects.filter(pk=company.pk).update(team=None)
    assert as_sara.post(path).status_code == 302
    assert list(Team.objects.all()) == [top]


def test_a_name_is_taken_once(as_sara: Client) -> None:
    Team.objects.create(name="Vendite")
    assert as_sara.post("/setup/teams/new/", {"name": "vendite "}).status_code == 422
