"""How far a right reaches: the same answer from the database and from the record itself, for everybody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fedele.access.models import Role, Team, User
from fedele.access.reach import REACHES, RIGHTS
from fedele.people.companies.models import Company
from fedele.records.fields import fields_of
from fedele.records.registry import registry

pytestmark = pytest.mark.django_db

#: Who owns what is asked for → the reaches at which a colleague in "Vendite Nord" gets at it.
WHOSE = {
    "mine": {"own", "team", "below", "all"}, "my colleague's": {"team", "below", "all"}, "of a team below": {"below", "all"},
    "of a sister team": {"all"}, "of the team above": {"all"}, "of nobody": {"all"},
    "of nobody, in my team": {"team", "below", "all"},
}  # fmt: skip


@pytest.fixture
def role() -> Any:
    """`role(view="team", edit="own")`: what it says of companies, and of nothing else."""

    def make(hidden: tuple[str, ...] = (), **rights: str) -> Role:
        return Role.objects.create(name="Test", rights={"company": rights}, hidden={"company": list(hidden)})

    return make


@pytest.fixture
def colleague(cast: SimpleNamespace) -> Any:
    """`colleague(role, …)`: somebody in "Vendite Nord", read anew."""

    def make(*roles: Role, team: str | None = "Vendite Nord", **more: Any) -> User:
        user = User.objects.create_user(
            f"c{User.objects.count()}@example.com", team=Team.objects.get(name=team) if team else None, **more
        )
        user.roles.set(roles)
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def companies(cast: SimpleNamespace, colleague: Any) -> Any:
    """`companies(user)`: one for each line of WHOSE."""
    below = Team.objects.create(name="Brescia", parent=Team.objects.get(name="Vendite Nord"))

    def make(user: User) -> dict[str, Company]:
        junior = User.objects.create_user("junior@example.com", team=below)
        owners = {
            "mine": user, "my colleague's": cast.luca, "of a team below": junior, "of a sister team": cast.davide,
            "of the team above": cast.roberto,
        }  # fmt: skip
        made = {whose: Company.objects.create(name=whose, owner=owner) for whose, owner in owners.items()}
        made["of nobody"] = Company.objects.create(name="of nobody")
        made["of nobody, in my team"] = Company.objects.create(name="of nobody, in my team", team=user.team)
        return made

    return make


def reached(user: User, right: str) -> set[str]:
    seen = set(Company.objects.visible_to(user, right).values_list("name", flat=True))
    assert seen == {one.name for one in Company.objects.all() if user.rights.covers(one, right)}
    return seen


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("reach", REACHES)
def test_each_right_reaches_as_far_as_it_says(
    role: Any, colleague: Any, companies: Any, right: str, reach: str
) -> None:
    user = colleague(role(**{"view": "all", right: reach}))
    companies(user)
    assert reached(user, right) == {whose for whose, reaches in WHOSE.items() if reach in reaches}
    assert user.rights.may(right, "company") is (reach != "none")
    assert not user.rights.may(right, "lead")


@pytest.mark.parametrize("view", REACHES)
@pytest.mark.parametrize("edit", REACHES)
def test_what_one_may_not_see_one_may_not_touch(
    role: Any, colleague: Any, companies: Any, view: str, edit: str
) -> None:
    user = colleague(role(view=view, edit=edit))
    companies(user)
    assert reached(user, "edit") <= reached(user, "view")
    assert user.rights.reach("company", "edit") == min(view, edit, key=REACHES.index)


def test_several_roles_add_up_right_by_right(role: Any, colleague: Any, companies: Any) -> None:
    user = colleague(role(view="own", edit="own"), role(view="team"), role(export="all"))
    companies(user)
    assert [user.rights.reach("company", right) for right in RIGHTS] == ["team", "own", "none", "none", "team"]


def test_without_a_team_one_reaches_no_further_than_oneself(role: Any, colleague: Any, cast: SimpleNamespace) -> None:
    for reach in ("own", "team", "below"):
        user = colleague(role(view=reach), team=None)
        Company.objects.create(name=f"of nobody {reach}")
        Company.objects.create(name=f"mine {reach}", owner=user)
        assert reached(user, "view") == {f"mine {reach}"}


def test_who_changes_team_sees_what_is_of_the_new_one(
    role: Any, colleague: Any, companies: Any, cast: SimpleNamespace
) -> None:
    user = colleague(role(view="team"))
    companies(user)
    user.team = Team.objects.get(name="Vendite Sud")
    user.save()
    assert reached(User.objects.get(pk=user.pk), "view") == {"mine", "of a sister team"}


def test_a_team_that_moves_takes_those_below_it_along(role: Any, colleague: Any, companies: Any) -> None:
    user = colleague(role(view="below"), team="Vendite Sud")
    companies(colleague(role(view="own")))
    assert reached(user, "view") == {"of a sister team"}
    north = Team.objects.get(name="Vendite Nord")
    north.parent = Team.objects.get(name="Vendite Sud")
    north.save()
    below = Team.objects.get(name="Brescia")
    assert below.path.startswith(Team.objects.get(name="Vendite Sud").path)
    found = reached(User.objects.get(pk=user.pk), "view")
    assert found == {"mine", "my colleague's", "of a team below", "of a sister team", "of nobody, in my team"}


def test_whoever_is_deactivated_reaches_nothing(
    role: Any, colleague: Any, companies: Any, cast: SimpleNamespace
) -> None:
    """A-27: whatever the roles say, also one who administered."""
    for user in (colleague(role(view="all", edit="all")), cast.sara):
        User.objects.filter(pk=user.pk).update(is_active=False)
        gone = User.objects.get(pk=user.pk)
        Company.objects.create(name=f"of {gone.pk}", owner=gone)
        assert reached(gone, "view") == set()
        assert not gone.rights.may("view", "company")
        assert not gone.rights.is_administrator
    assert not Company.objects.visible_to(None).exists()


def test_a_field_is_hidden_only_if_every_role_that_sees_the_type_hides_it(role: Any, colleague: Any) -> None:
    one, other = role(("phone", "email"), view="own"), role(("email", "city"), view="all")
    blind = role((), view="none")
    for roles, hidden in (((one,), {"phone", "email"}), ((one, other), {"email"}), ((one, blind), {"phone", "email"})):
        user = colleague(*roles)
        assert user.rights.hidden["company"] == hidden
        assert hidden.isdisjoint(fields_of(registry.by_key("company"), user))
        assert {"phone", "email", "city"} - hidden <= set(fields_of(registry.by_key("company"), user))


def test_nothing_is_hidden_from_who_administers(role: Any, colleague: Any) -> None:
    user = colleague(role(("phone",), view="all"), Role.objects.get(key="administrator"))
    assert "phone" in fields_of(registry.by_key("company"), user)
    assert user.rights.reach("lead", "delete") == "all"


def test_the_trash_holds_what_one_may_delete(role: Any, colleague: Any, companies: Any) -> None:
    user = colleague(role(view="all", delete="team"))
    for one in companies(user).values():
        one.trash()
    seen = set(Company.objects.in_trash_of(user).values_list("name", flat=True))
    assert seen == {whose for whose, reaches in WHOSE.items() if "team" in reaches}
    assert not Company.objects.visible_to(user).exists()
