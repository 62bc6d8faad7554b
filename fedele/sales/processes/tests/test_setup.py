"""The page of setup where sales processes are fitted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fedele.journal.models import Entry
from fedele.people.companies.models import Company
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import Process, Stage

LIST = "/setup/processes/"


@pytest.fixture
def direct() -> Process:
    return Process.default()


def sent(process: Process, **more: Any) -> dict[str, Any]:
    """What the page of a process sends."""
    stages = list(process.stages.order_by("position", "id"))
    data: dict[str, Any] = {
        "name": process.name, "is_default": "on" if process.is_default else "", "order": [stage.pk for stage in stages],
        "stages-TOTAL_FORMS": len(stages) + 1, "stages-INITIAL_FORMS": len(stages),
        f"stages-{len(stages)}-probability": 10, f"stages-{len(stages)}-expected_days": 14,
    }  # fmt: skip
    for n, stage in enumerate(stages):
        data |= {f"stages-{n}-id": stage.pk, f"stages-{n}-name": stage.name,
                 f"stages-{n}-probability": stage.probability, f"stages-{n}-expected_days": stage.expected_days}  # fmt: skip
    return data | more


def names(process: Process) -> list[str]:
    return list(process.stages.order_by("position", "id").values_list("name", flat=True))


def save(client: Client, process: Process, **more: Any) -> int:
    return client.post(f"{LIST}{process.pk}/", sent(process, **more)).status_code


def test_stages_are_changed_added_and_put_in_order(as_sara: Client, direct: Process) -> None:
    first, *rest = names(direct)
    keys = [stage.pk for stage in direct.stages.order_by("position", "id")]
    more = {
        "stages-0-name": "First talk",
        "stages-0-probability": 5,
        "stages-5-name": "Signature",
        "order": [*keys[1:], keys[0]],
    }
    assert save(as_sara, direct, **more) == 302
    assert names(direct) == [*rest, "First talk", "Signature"]
    entry = Entry.objects.filter(kind="process.edited").get()
    assert f"{first} 10% 14" in entry.data["changes"]["stages"][0]


@pytest.mark.parametrize(
    "more",
    [{"stages-0-name": ""}, {"stages-0-probability": 101}, {"stages-0-probability": -1}, {"stages-0-expected_days": "x"},
     {"name": ""}, {"is_default": ""}, {"name": "x" * 81}],
)  # fmt: skip
def test_mistakes_change_nothing(as_sara: Client, direct: Process, more: dict[str, Any]) -> None:
    before = names(direct)
    assert save(as_sara, direct, **more) == 422
    assert names(direct) == before


def test_two_stages_need_two_names_and_one_must_stay(as_sara: Client, direct: Process) -> None:
    assert save(as_sara, direct, **{"stages-1-name": names(direct)[0].upper()}) == 422
    assert save(as_sara, direct, **{f"stages-{n}-DELETE": "on" for n in range(5)}) == 422
    assert len(names(direct)) == 5


def test_a_stage_with_opportunities_stays(as_sara: Client, direct: Process) -> None:
    stages = direct.stages.order_by("position", "id")
    opportunity = Opportunity.objects.create(
        name="Line", company=Company.objects.create(name="Rinaldi"), stage=stages[1]
    )
    assert save(as_sara, direct, **{"stages-1-DELETE": "on"}) == 422
    opportunity.trash()
    assert save(as_sara, direct, **{"stages-1-DELETE": "on"}) == 422
    assert save(as_sara, direct, **{"stages-2-DELETE": "on"}) == 302
    assert Stage.objects.filter(process=direct).count() == 4


def test_a_new_process_begins_like_another(as_sara: Client, direct: Process) -> None:
    as_sara.post(f"{LIST}new/", {"name": "Spare parts", "like": direct.pk})
    parts = Process.objects.get(name="Spare parts")
    assert names(parts) == names(direct)
    assert save(as_sara, parts, is_default="on") == 302
    assert list(Process.objects.filter(is_default=True)) == [parts]
    assert as_sara.post(f"{LIST}new/", {"name": "spare PARTS", "like": direct.pk}).status_code == 422


def test_only_an_unused_process_is_deleted(as_sara: Client, direct: Process) -> None:
    as_sara.post(f"{LIST}new/", {"name": "Spare parts", "like": direct.pk})
    parts = Process.objects.get(name="Spare parts")
    used = Opportunity.objects.create(
        name="Seal", company=Company.objects.create(name="Rinaldi"), stage=parts.stages.all()[0]
    )
    for process in (direct, parts):
        as_sara.post(f"{LIST}{process.pk}/delete/")
    assert Process.objects.count() == 2
    used.delete()
    as_sara.post(f"{LIST}{parts.pk}/delete/")
    assert list(Process.objects.all()) == [direct]
