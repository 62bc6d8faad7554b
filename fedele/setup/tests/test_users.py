from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.test import Client

from fedele.access.models import Role, Team, User
from fedele.access.tests.people import PASSWORD, administrator, colleague
from fedele.journal.models import Entry
from fedele.people.companies.models import Company


def fields(user: User | None = None, **more: Any) -> dict[str, Any]:
    """What the form of a user sends."""
    if user is None:
        return {"first_name": "Eva", "last_name": "Neri", "email": "eva@aurora.example", "language": "en", **more}
    found = {name: getattr(user, name) for name in ("first_name", "last_name", "email", "job", "phone", "language")}
    return {**found, "team": user.team_id or "", "roles": [role.pk for role in user.roles.all()], **more}


def last_entry() -> Entry:
    return Entry.objects.filter(record_type="user").latest("id")


def test_a_colleague_is_invited_and_comes_in(as_sara: Client) -> None:
    role = Role.objects.get(key="sales_rep")
    as_sara.post("/setup/users/new/", fields(email="Eva@Aurora.Example", roles=[role.pk]))
    eva = User.objects.get(email="eva@aurora.example")
    assert (eva.has_usable_password(), list(eva.roles.all())) == (False, [role])
    assert (mail.outbox[0].to, "Sara" in mail.outbox[0].body) == (["eva@aurora.example"], True)
    assert last_entry().data["changes"]["roles"] == ["", ["Sales rep"]]
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group()  # type: ignore[union-attr]
    client = Client()
    client.post(
        client.get(link)["Location"], {"password1": "seven brave lanterns", "password2": "seven brave lanterns"}
    )
    assert client.get("/companies/").status_code == 200


def test_an_address_is_taken_once(as_sara: Client, giulia: User) -> None:
    response = as_sara.post("/setup/users/new/", fields(email="GIULIA@aurora.example"))
    assert response.status_code == 422
    assert 'id="id_email-error"' in response.content.decode()
    assert User.objects.count() == 2


def test_a_change_is_told_from_what_to_what(as_sara: Client, giulia: User) -> None:
    team = Team.objects.create(name="Vendite Nord")
    lead = Role.objects.get(key="sales_lead")
    as_sara.post(f"/setup/users/{giulia.pk}/", fields(giulia, team=team.pk, roles=[lead.pk], phone="030 3312450"))
    giulia.refresh_from_db()
    assert (giulia.team, giulia.phone) == (team, "+390303312450")
    assert last_entry().data["changes"] == {
        "phone": ["", "+390303312450"], "team": ["", "Vendite Nord"], "roles": [["Sales rep"], ["Sales manager"]],
    }  # fmt: skip


def test_a_new_address_ends_sessions_and_old_links(as_sara: Client, giulia: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": giulia.email, "password": PASSWORD})
    client.post("/accounts/password/reset/", {"email": giulia.email})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body).group()  # type: ignore[union-attr]
    as_sara.post(f"/setup/users/{giulia.pk}/", fields(giulia, email="giulia.bassi@aurora.example"))
    assert client.get("/profile/").status_code == 302
    assert Client().get(link).status_code == 200, "a working link redirects to its form"
    assert (
        Client().post("/accounts/login/", {"login": "giulia@aurora.example", "password": PASSWORD}).status_code == 200
    )


def test_switched_off_means_out_and_can_be_undone(as_sara: Client, giulia: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": giulia.email, "password": PASSWORD})
    as_sara.post(f"/setup/users/{giulia.pk}/deactivate/")
    assert client.get("/profile/").status_code == 302
    assert last_entry().kind == "user.deactivated"
    as_sara.post(f"/setup/users/{giulia.pk}/activate/")
    assert Client().post("/accounts/login/", {"login": giulia.email, "password": PASSWORD}).status_code == 302


def test_what_somebody_owns_is_counted_with_the_way_to_hand_it_over(as_sara: Client, giulia: User) -> None:
    for name in ("Rinaldi", "Bianchi"):
        Company.objects.create(name=name, owner=giulia)
    page = as_sara.get(f"/setup/users/{giulia.pk}/").content.decode()
    assert f'href="/companies/?f=owner.in:{giulia.pk}"' in page


def test_nobody_switches_off_themselves(as_sara: Client, sara: User) -> None:
    administrator("dario")
    as_sara.post(f"/setup/users/{sara.pk}/deactivate/")
    sara.refresh_from_db()
    assert sara.is_active is True


def test_the_last_administrator_stays(as_sara: Client, sara: User) -> None:
    response = as_sara.post(f"/setup/users/{sara.pk}/", fields(sara, roles=[]))
    assert response.status_code == 422
    assert User.objects.get(pk=sara.pk).is_administrator is True
    role = Role.objects.get(key="administrator")
    assert as_sara.post(f"/setup/roles/{role.pk}/", {}).status_code == 422
    assert Role.objects.get(pk=role.pk).is_administrator is True


def test_somebody_switched_off_is_no_administrator(as_sara: Client, sara: User) -> None:
    administrator("dario", is_active=False)
    assert as_sara.post(f"/setup/users/{sara.pk}/", fields(sara, roles=[])).status_code == 422
    administrator("luca")
    assert as_sara.post(f"/setup/users/{sara.pk}/", fields(sara, roles=[])).status_code == 302


def test_a_form_gives_no_rights_it_does_not_show(as_sara: Client, giulia: User) -> None:
    as_sara.post(
        f"/setup/users/{giulia.pk}/", fields(giulia, is_superuser="on", is_staff="on", password="x", is_active="")
    )
    giulia.refresh_from_db()
    assert (giulia.is_superuser, giulia.is_staff, giulia.is_active) == (False, False, True)
    assert giulia.check_password(PASSWORD)


def test_the_profile_changes_only_what_is_ones_own(client: Client, giulia: User) -> None:
    client.force_login(giulia)
    role = Role.objects.get(key="administrator")
    data = {
        "first_name": "Giulia",
        "last_name": "Bassi",
        "phone": "",
        "email": "x@y.example",
        "roles": [role.pk],
        "is_superuser": "on",
    }
    client.post("/profile/", data)
    giulia = User.objects.get(pk=giulia.pk)
    assert (giulia.last_name, giulia.email, giulia.is_administrator) == ("Bassi", "giulia@aurora.example", False)
    assert last_entry().data["changes"] == {"last_name": ["", "Bassi"]}


def test_search_and_state(as_sara: Client) -> None:
    colleague("marco", is_active=False)
    colleague("chiara")
    assert "chiara@" in as_sara.get("/setup/users/?q=CHIA").content.decode()
    assert "marco@" not in as_sara.get("/setup/users/").content.decode()
    assert "marco@" in as_sara.get("/setup/users/?state=off").content.decode()
    assert as_sara.get("/setup/users/?q=%00&role=abc&page=zzz&state='").status_code == 200
