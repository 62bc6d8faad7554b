"""Who may give out names and make rules, and what the pages take."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.people.assignment.models import Area, Rule
from fedele.people.assignment.places import PROVINCES_OF
from fedele.people.assignment.presence import Capacity
from fedele.people.assignment.tests.conftest import lead

RULING = ("rules/", "rules/new/", "areas/")


@pytest.mark.parametrize(
    ("who", "sorts", "rules"), [("giulia", 403, 403), ("luca", 200, 200), ("anna", 200, 200), ("chiara", 403, 403)]
)
def test_who_sorts_and_who_rules(house: Any, as_: Any, who: str, sorts: int, rules: int) -> None:
    client = as_(who)
    assert [client.get(f"/assignment/{page}").status_code for page in ("queue/", "load/")] == [sorts] * 2
    assert [client.get(f"/assignment/{page}").status_code for page in RULING] == [rules] * 3
    assert client.get("/assignment/absences/").status_code == 200


def test_a_manager_leads_only_their_own(house: Any, as_: Any) -> None:
    assert as_("luca").get(f"/assignment/load/{house.giulia.pk}/").status_code == 200
    assert as_("luca").get(f"/assignment/load/{house.davide.pk}/").status_code == 404
    assert as_("luca").get(f"/assignment/capacity/{house.davide.pk}/").status_code == 404
    page = as_("luca").get("/assignment/load/").content.decode()
    assert ("Giulia Bassi" in page, "Davide Greco" in page) == (True, False)


def test_a_region_at_once_single_provinces_and_nobody(house: Any, as_: Any) -> None:
    sara = as_("sara")
    sara.post(
        "/assignment/areas/", {"r-Lombardia": house.giulia.pk, "p-TN": house.luca.pk, "p-abroad": house.stefan.pk}
    )
    found = dict(Area.objects.values_list("province", "user__first_name"))
    assert found == dict.fromkeys(PROVINCES_OF["Lombardia"], "Giulia") | {"TN": "Luca", "abroad": "Stefan"}
    sara.post("/assignment/areas/", {"r-Lombardia": "nobody", "p-TN": ""})
    assert list(Area.objects.values_list("province", flat=True)) == ["abroad"]
    sara.post("/assignment/areas/?line=Laser", {"p-TN": "99999999", "p-XX": house.luca.pk, "p-BS": house.luca.pk})
    assert list(Area.objects.filter(line="Laser").values_list("province", "user")) == [("BS", house.luca.pk)]


def test_conditions_of_the_form_become_the_filter_language(house: Any, as_: Any) -> None:
    asked = {
        "name": "Fairs", "is_active": "on", "how": "rotation", "team": house.luca.team_id, "postcodes": "25",
        "field-0": "source", "op-0": "in", "value-0": ["fair", "web"], "field-1": "", "field-2": "interest", "op-2": "has",
        "value-2": "laser, cnc",
    }  # fmt: skip
    assert as_("sara").post("/assignment/rules/new/", asked).status_code == 302
    rule = Rule.objects.get()
    assert rule.query == "f=source.in%3Afair%2Cweb&f=interest.has%3Alaser%5C%2C+cnc"
    page = as_("sara").get(f"/assignment/rules/{rule.pk}/").content.decode()
    assert "laser, cnc" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"how": "person", "person": ""},
        {"how": "rotation", "team": "", "people": []},
        {"how": "area"},
        {"postcodes": "x"},
        {"field-0": "nothing", "op-0": "is", "value-0": "x"},
        {"field-0": "created_at", "op-0": "before", "value-0": "soon"},
        {"field-0": "owner", "op-0": "in", "value-0": "me"},
        {"field-0": "interest", "op-0": "has", "value-0": ""},
        {"name": ""},
    ],
)
def test_what_no_rule_can_mean_is_refused(house: Any, as_: Any, wrong: dict[str, Any]) -> None:
    sound = {"name": "x", "is_active": "on", "how": "person", "person": house.giulia.pk}
    assert as_("sara").post("/assignment/rules/new/", {**sound, **wrong}).status_code == 422
    assert Rule.objects.count() == 0


def test_put_in_order_with_strangers_and_doubles_ignored(house: Any, as_: Any, rule: Any) -> None:
    made = [rule(name, "queue") for name in "abc"]
    as_("sara").post("/assignment/rules/", {"order": [made[2].pk, made[0].pk, made[2].pk, 999, "x"]})
    assert list(Rule.objects.values_list("name", flat=True)) == ["c", "a", "b"]


def test_deleted_and_what_it_gave_stays(house: Any, as_: Any, rule: Any) -> None:
    made = rule("All", "person", person=house.giulia)
    assert as_("sara").get(f"/assignment/rules/{made.pk}/delete/").status_code == 200
    assert as_("sara").post(f"/assignment/rules/{made.pk}/delete/").status_code == 302
    assert Rule.objects.count() == 0


def test_capacity_and_load_in_figures(house: Any, as_: Any) -> None:
    as_("luca").post(f"/assignment/capacity/{house.giulia.pk}/", {"most_open": "3"})
    assert Capacity.objects.get().most_open == 3
    for stage in ("suspect", "hot", "dead"):
        lead(owner=house.giulia, stage=stage).save()
    from fedele.people.assignment.load import loads_of

    assert [(one.open, one.hot, one.share) for one in loads_of([house.giulia])] == [(2, 1, 2 / 3)]


def test_pages_cost_the_same_with_few_and_with_many(
    house: Any, as_: Any, rule: Any, django_assert_max_num_queries: Any
) -> None:
    rule(team="Vendite Nord")
    for _ in range(60):
        lead().save()
    client = as_("sara")
    # What every page asks twice a minute at the most (the counters of the menu and the like) is no matter of these.
    client.get("/assignment/absences/")
    for page, most in (("queue/", 18), ("load/", 16), ("rules/", 16), ("areas/", 14)):
        with django_assert_max_num_queries(most):
            client.get(f"/assignment/{page}")
