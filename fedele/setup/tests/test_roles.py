from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fedele.access.models import Role, Team, User
from fedele.access.reach import RIGHTS
from fedele.access.roles import declared
from fedele.access.tests.people import colleague
from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.setup.roles import matrix


def sent(role: Role, **more: Any) -> dict[str, Any]:
    """What the page of a role sends, with some cells changed: opportunity__view="own"."""
    data: dict[str, Any] = {} if role.key else {"name": role.name}
    for row in matrix.rows(role):
        data |= {cell.name: cell.value for cell in row.cells}
        data[f"{row.key}.hidden"] = [name for name, _label, hides in row.fields if hides]
    return data | {name.replace("__", "."): value for name, value in more.items()}


@pytest.fixture
def rep() -> Role:
    return Role.objects.get(key="sales_rep")


def seen(user: User) -> list[str]:
    return sorted(Company.objects.visible_to(User.objects.get(pk=user.pk)).values_list("name", flat=True))


def test_the_matrix_decides_what_is_seen(as_sara: Client, rep: Role) -> None:
    north = Team.objects.create(name="Nord")
    brescia = Team.objects.create(name="Brescia", parent=north)
    user = colleague("giulia", "sales_rep", team=north)
    Company.objects.create(name="own", owner=user)
    Company.objects.create(name="team", team=north)
    Company.objects.create(name="below", team=brescia)
    Company.objects.create(name="other")
    found = {}
    for reach in ("none", "own", "team", "below", "all"):
        assert as_sara.post(f"/setup/roles/{rep.pk}/", sent(rep, company__view=reach)).status_code == 302
        found[reach] = seen(user)
    assert found == {
        "none": [], "own": ["own"], "team": ["own", "team"], "below": ["below", "own", "team"],
        "all": ["below", "other", "own", "team"],
    }  # fmt: skip


def test_a_hidden_field_is_nowhere(as_sara: Client, rep: Role, giulia: User) -> None:
    company = Company.objects.create(name="Rinaldi", owner=giulia, iban="IT60X0542811101000000123456")
    client = Client()
    client.force_login(giulia)
    assert "IT60" in client.get(f"/companies/{company.pk}/").content.decode().replace(" ", "")
    as_sara.post(f"/setup/roles/{rep.pk}/", sent(rep, company__hidden=["iban"]))
    assert "IT60" not in client.get(f"/companies/{company.pk}/").content.decode().replace(" ", "")
    assert Entry.objects.latest("id").data["changes"] == {"company.hidden": [[], ["iban"]]}


def test_what_everything_needs_cannot_be_hidden(as_sara: Client, rep: Role) -> None:
    as_sara.post(f"/setup/roles/{rep.pk}/", sent(rep, company__hidden=["name", "owner", "nothing", "iban"]))
    rep.refresh_from_db()
    assert rep.hidden == {"company": ["iban"]}


def test_unknown_rights_and_reaches_are_none(as_sara: Client, rep: Role) -> None:
    as_sara.post(
        f"/setup/roles/{rep.pk}/", sent(rep, company__view="everything", company__fly="all", nothing__view="all")
    )
    rep.refresh_from_db()
    assert rep.rights["company"] == {**{right: rep.rights["company"][right] for right in RIGHTS}, "view": "none"}
    assert "nothing" not in rep.rights


def test_a_brought_role_goes_back_to_default(as_sara: Client, rep: Role) -> None:
    before = matrix.told(rep)
    as_sara.post(f"/setup/roles/{rep.pk}/", sent(rep, company__view="none", opportunity__hidden=["amount"]))
    as_sara.post(f"/setup/roles/{rep.pk}/reset/")
    rep.refresh_from_db()
    assert (matrix.told(rep), rep.rights) == (before, declared["sales_rep"].rights)
    assert Entry.objects.latest("id").kind == "role.reset"


def test_an_own_role_is_made_like_another_and_deleted_when_nobody_has_it(as_sara: Client, rep: Role) -> None:
    as_sara.post("/setup/roles/new/", {"name": "Agent", "like": rep.pk})
    role = Role.objects.get(name="Agent")
    assert role.rights == rep.rights
    user = colleague("eva")
    user.roles.add(role)
    assert as_sara.post(f"/setup/roles/{role.pk}/delete/").status_code == 422
    user.roles.clear()
    as_sara.post(f"/setup/roles/{role.pk}/delete/")
    assert not Role.objects.filter(pk=role.pk).exists()
    assert as_sara.post(f"/setup/roles/{rep.pk}/delete/").status_code == 422


def test_a_name_is_taken_once(as_sara: Client) -> None:
    assert as_sara.post("/setup/roles/new/", {"name": " director "}).status_code == 422
