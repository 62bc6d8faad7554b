"""The way through the stages, with times, by whatever door."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.records.undo import undo_entry
from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import Process, Stage


@pytest.fixture
def stages(cast: dict[str, Any]) -> list[Stage]:
    return list(Process.default().stages.order_by("position"))


def test_a_new_one_starts_at_the_beginning(opportunity: Opportunity, stages: list[Stage]) -> None:
    assert (opportunity.stage, opportunity.probability, opportunity.process) == (
        stages[0],
        stages[0].probability,
        stages[0].process,
    )


def test_the_history_of_stages_has_exact_times(opportunity: Opportunity, stages: list[Stage], giulia: Any) -> None:
    with act_as(giulia):
        opportunity.move(stages[2])
        opportunity.move(stages[1])
    passages = opportunity.passages()
    moved = list(Entry.objects.filter(kind="opportunity.moved").order_by("id").values_list("at", flat=True))
    assert [one["stage"] for one in passages] == [stages[0].name, stages[2].name, stages[1].name]
    assert [one["until"] for one in passages] == [*moved, None]
    assert [one["since"] for one in passages] == [opportunity.created_at, *moved]
    assert opportunity.probability == stages[1].probability


def test_the_form_the_cell_and_a_bulk_change_are_passages_too(
    as_: Any, opportunity: Opportunity, stages: list[Stage]
) -> None:
    browser = as_("giulia")
    browser.post(f"/opportunities/{opportunity.pk}/cell/stage/", {"stage": str(stages[1].pk)})
    opportunity.refresh_from_db()
    assert (opportunity.stage, opportunity.probability) == (stages[1], stages[1].probability)
    browser.post(
        f"/opportunities/{opportunity.pk}/edit/",
        {"version": str(opportunity.version), "stage": str(stages[2].pk), "probability": "77"},
    )
    opportunity.refresh_from_db()
    assert (opportunity.stage, opportunity.probability) == (stages[2], 77)
    Opportunity.objects.filter(pk=opportunity.pk).bulk_change(stage=stages[3])
    opportunity.refresh_from_db()
    assert [one["stage"] for one in opportunity.passages()] == [stage.name for stage in stages[:4]]
    assert Entry.objects.filter(kind="opportunity.moved").count() == 3


def test_a_move_that_was_taken_back_never_was(opportunity: Opportunity, stages: list[Stage], giulia: Any) -> None:
    since = opportunity.stage_since
    with act_as(giulia):
        opportunity.move(stages[3])
        undo_entry(Entry.objects.get(kind="opportunity.moved"), giulia)
    opportunity.refresh_from_db()
    assert (opportunity.stage, opportunity.stage_since, opportunity.probability) == (
        stages[0],
        since,
        stages[0].probability,
    )
    assert [one["stage"] for one in opportunity.passages()] == [stages[0].name]


def test_another_process_has_other_stages(opportunity: Opportunity) -> None:
    foreign = Stage.objects.create(process=Process.objects.create(name="Service"), name="Visit")
    with pytest.raises(Refused):
        opportunity.move(foreign)


def test_the_page_tells_the_stages_and_the_forecast(
    as_: Any, opportunity: Opportunity, stages: list[Stage], giulia: Any
) -> None:
    with act_as(giulia):
        opportunity.move(stages[2])
    html = as_("giulia").get(f"/opportunities/{opportunity.pk}/?panels=1").content.decode()
    assert "Weighted" in html and "14,000" in html
    assert html.index("Moved from") > 0 and html.count(stages[0].name) >= 2
