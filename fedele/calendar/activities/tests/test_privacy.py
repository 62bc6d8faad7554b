"""What is private is seen by whose it is: not by colleagues, not by who leads or administers, through no door."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fedele.access.keys import ApiKey
from fedele.base.verbs import Refused
from fedele.calendar.distribution.free import taken_by
from fedele.calendar.distribution.loads import loads_of
from fedele.calendar.models import Activity
from fedele.calendar.planner.happenings import happenings
from fedele.journal.acting import act_as
from fedele.people.models import Company
from fedele.records.palette import found_for
from fedele.records.undo import may_undo

DAY = timezone.localdate() + dt.timedelta(days=(7 - timezone.localdate().weekday()))
SECRET = "Colloquio dal notaio Zanardelli"


@pytest.fixture
def company(giulia: Any) -> Company:
    with act_as(giulia, door="screen"):
        one = Company(name="Officine Rossi S.r.l.")
        one.save()
    return one


@pytest.fixture
def secret(giulia: Any, plan: Any, company: Company) -> Activity:
    one = plan(giulia, subject=SECRET, due_on=DAY, due_at="10:00", minutes=45, company=company, private=True)
    with act_as(giulia, door="screen"):
        one.put({"subject": f"{SECRET} alle dieci"})
        one.save()
    return one


def addresses(secret: Activity, company: Company) -> list[str]:
    """Pages on which something of it could stand."""
    return [
        "/activities/?edited=1&cols=subject&q=notaio", "/activities/?edited=1", "/activities/?view=all",
        f"/companies/{company.pk}/", f"/companies/{company.pk}/timeline/", f"/calendar/?view=people&people=team&day={DAY}",
        f"/calendar/?people={secret.owner_id}&day={DAY}", f"/calendar/events/?people={secret.owner_id}&day={DAY}",
        "/", "/calendar/distribute/?pile=team", "/palette/?q=notaio", "/pick/activity/?q=notaio",
        "/setup/audit/", "/setup/audit/?what=activity",
    ]  # fmt: skip


def test_who_leads_or_administers_meets_it_nowhere(
    luca: Any, sara: Any, giulia: Any, secret: Activity, company: Company
) -> None:
    for user, sees in ((luca, False), (sara, False), (giulia, True)):
        client = Client()
        client.force_login(user)
        assert client.get(f"/activities/{secret.pk}/").status_code == (200 if sees else 404)
        bodies = [client.get(address).content.decode() for address in addresses(secret, company)]
        assert any("Zanardelli" in body for body in bodies) is sees
        assert [Activity.objects.visible_to(user).count(), bool(found_for(user, "Zanardelli"))] == [int(sees), sees]


def test_the_audit_tells_that_something_happened_and_not_what(
    sara: Any, giulia: Any, secret: Activity, plan: Any
) -> None:
    plan(giulia, subject="Richiamare la Rossi")
    client = Client()
    client.force_login(sara)
    page = client.get("/setup/audit/?what=activity").content.decode()
    assert ("Zanardelli" in page, "Richiamare la Rossi" in page, page.count("Privata") >= 2) == (False, True, True)
    with act_as(giulia):
        secret.erase()
    assert "Zanardelli" not in client.get("/setup/audit/?what=activity").content.decode()


def test_not_through_the_api_nor_in_an_export_nor_counted(luca: Any, giulia: Any, secret: Activity, plan: Any) -> None:
    plan(giulia, subject="Offerta")
    for user, sees in ((luca, False), (giulia, True)):
        api = Client(headers={"Authorization": f"Bearer {ApiKey.make(user, 'test')[1]}"})
        answer = api.get("/api/v1/activities").json()
        assert (len(answer["items"]), answer["count"]) == ((2, 2) if sees else (1, 1))
        assert api.get(f"/api/v1/activities/{secret.pk}").status_code == (200 if sees else 404)
        assert api.get(f"/api/v1/activities/{secret.pk}/journal").status_code == (200 if sees else 404)


def test_the_count_of_a_long_list_leaves_it_out(luca: Any, giulia: Any, secret: Activity, plan: Any) -> None:
    from fedele.records.query import ListQuery
    from fedele.records.registry import registry

    plan(giulia, subject="Offerta")
    record_type = registry.by_key("activity")
    for asked, expected in (("edited=1", (1, 2)), (f"f=owner.in:{giulia.pk}", (1, 2)), ("f=owner.in:none", (0, 0))):
        counts = tuple(ListQuery.read(record_type, user, asked).count() for user in (luca, giulia))
        assert counts == expected


def test_its_time_is_taken_and_that_is_all(luca: Any, giulia: Any, secret: Activity) -> None:
    found, _more = happenings(luca, [giulia], DAY, DAY)
    assert [(one.title, one.at, one.minutes, one.pk, one.line, one.kind) for one in found] == [
        ("Occupato", "10:00", 45, None, "", "")
    ]
    assert taken_by([giulia.pk], DAY, DAY).spans == {(giulia.pk, DAY): [(600, 645)]}
    assert [(load.day, load.week) for load in loads_of([giulia], luca, DAY, 30)] == [(0, 0)]
    own, _more = happenings(giulia, [giulia], DAY, DAY)
    assert [(one.title, "private" in one.marks) for one in own] == [(f"{SECRET} alle dieci", True)]


def test_what_a_colleague_waits_for_is_no_secret(giulia: Any, luca: Any, plan: Any) -> None:
    with act_as(luca, door="screen"):
        asked = Activity(kind="task", subject="Preventivo", owner=giulia)
        asked.save()
    for user, values in ((giulia, {"private": True}), (luca, {"private": True, "owner": giulia})):
        client = Client()
        client.force_login(user)
        said = {"kind": "task", "subject": "x", "owner": giulia.pk, "private": "on", "version": asked.version}
        address = f"/activities/{asked.pk}/edit/" if user is giulia else "/activities/new/"
        answer = client.post(address, said)
        assert (answer.status_code, "field-private" in answer.content.decode() or bool(values)) == (422, True)
    assert Activity.objects.filter(private=True).count() == 0


def test_it_is_given_to_nobody(giulia: Any, luca: Any, secret: Activity) -> None:
    with act_as(giulia, door="screen"):
        for give in (lambda: secret.hand_over(luca), lambda: secret.move_to(DAY, "10:00", 45, luca)):
            with pytest.raises(Refused, match="privata"):
                give()
            secret.refresh_from_db()
    assert secret.owner == giulia


def test_made_private_later_it_goes_from_where_it_was(giulia: Any, luca: Any, plan: Any, company: Company) -> None:
    one = plan(giulia, subject=SECRET, company=company)
    entry = one.note("Portare i documenti di Zanardelli")
    client = Client()
    client.force_login(luca)
    assert (
        "Zanardelli"
        in client.get(f"/companies/{company.pk}/timeline/", headers={"HX-Request": "true"}).content.decode()
    )
    with act_as(giulia, door="screen"):
        one.put({"private": True})
        one.save()
    assert (
        "Zanardelli"
        not in client.get(f"/companies/{company.pk}/timeline/", headers={"HX-Request": "true"}).content.decode()
    )
    assert (may_undo(entry, luca), client.post(f"/undo/{entry.pk}/").status_code) == (False, 404)


def test_not_even_by_what_is_missing(giulia: Any, luca: Any, plan: Any) -> None:
    from fedele.calendar.activities.idle import leads_without_action
    from fedele.people.models import Lead

    with act_as(giulia, door="screen"):
        lead = Lead(last_name="Verdi", stage="hot", owner=giulia)
        lead.save()
    plan(luca, lead=lead, due_on=DAY, private=True)
    assert [row.title for row in leads_without_action(giulia).rows] == [str(lead)]
    plan(giulia, lead=lead, due_on=DAY, private=True)
    assert leads_without_action(giulia).rows == []
