"""The rules alone: facts in, phases and their days out. Every phase is explained by one story here."""

from __future__ import annotations

import datetime as dt

import pytest

from fedele.people.lifecycle.facts import Facts, Sign
from fedele.people.lifecycle.judging import path_of, phase_on
from fedele.people.lifecycle.rules import Rules

RULES = Rules(silence_factor=2.0, silence_least=9, silence_single=18, signs={"satisfaction": 2})
day = dt.date.fromisoformat


def steps(bought: list[str], today: str, **more: object) -> list[tuple[str, str]]:
    path = path_of(Facts([day(one) for one in bought], **more), RULES, day(today))  # type: ignore[arg-type]
    return [(step.phase, step.day.isoformat()) for step in path.steps]


def test_who_never_bought_is_a_prospect_for_ever() -> None:
    path = path_of(Facts(), RULES, day("2026-11-29"))
    assert (path.phase, path.since, path.due, path.reason) == ("prospect", None, None, {})


def test_the_first_purchase_makes_a_first_time_buyer_the_second_a_renewal() -> None:
    assert steps(["2026-01-10"], "2026-11-29") == [("first", "2026-01-10")]
    assert steps(["2026-01-10", "2026-06-10"], "2026-11-29") == [("first", "2026-01-10"), ("renewal", "2026-06-10")]


def test_an_order_in_three_parts_is_one_purchase() -> None:
    assert steps(["2026-01-10", "2026-01-20", "2026-02-08"], "2026-03-01") == [("first", "2026-01-10")]


def test_three_in_three_years_and_a_year_of_acquaintance_make_a_loyal_customer() -> None:
    bought = ["2025-03-01", "2025-07-01", "2025-11-01"]
    assert steps(bought, "2026-03-31")[-1] == ("loyal", "2026-03-01")
    assert steps(bought, "2026-02-28")[-1] == ("renewal", "2025-07-01")


def test_loyalty_lapses_over_the_years_end_when_the_oldest_is_three_years_gone() -> None:
    rules = Rules(silence_least=60, lost_months=90)
    facts = Facts([day("2023-12-31"), day("2024-06-01"), day("2025-01-01")])
    assert phase_on(facts, rules, day("2026-12-30")) == "loyal"
    assert phase_on(facts, rules, day("2026-12-31")) == "renewal"


def test_silence_twice_as_long_as_usual_is_a_risk_and_four_years_are_a_loss() -> None:
    """Bought every 366 days: silent 732 days after the last, on 2 January 2027."""
    bought = ["2023-01-01", "2024-01-01", "2025-01-01"]
    path = path_of(Facts([day(one) for one in bought]), RULES, day("2026-11-29"))
    assert (path.phase, path.due) == ("renewal", day("2027-01-03"))
    assert steps(bought, "2030-01-01")[-2:] == [("risk", "2027-01-03"), ("lost", "2029-01-01")]


def test_who_buys_again_is_back_the_same_day() -> None:
    found = steps(["2020-01-01", "2026-11-20"], "2026-11-29")
    assert found == [("first", "2020-01-01"), ("risk", "2021-07-01"), ("lost", "2024-01-01"), ("renewal", "2026-11-20")]


def test_a_bad_mark_is_a_risk_as_long_as_it_holds() -> None:
    bad = {"satisfaction": Sign(day("2026-05-01"), day("2026-08-01"), 2.0)}
    assert steps(["2026-01-10"], "2026-11-29", signs=bad) == [
        ("first", "2026-01-10"), ("risk", "2026-05-01"), ("first", "2026-08-01"),
    ]  # fmt: skip
    fair = {"satisfaction": Sign(day("2026-05-01"), None, 2.5)}
    assert steps(["2026-01-10"], "2026-11-29", signs=fair) == [("first", "2026-01-10")]


def test_whoever_buys_again_has_forgiven_a_bad_mark() -> None:
    bad = {"satisfaction": Sign(day("2026-05-01"), None, 1.0)}
    assert steps(["2026-01-10", "2026-09-01"], "2026-11-29", signs=bad) == [
        ("first", "2026-01-10"), ("risk", "2026-05-01"), ("renewal", "2026-09-01"),
    ]  # fmt: skip


def test_a_sign_from_before_the_first_purchase_counts_from_that_day() -> None:
    late = Facts([day("2026-01-10")], {"dispute": Sign(day("2025-05-01"))})
    path = path_of(late, Rules(signs={"dispute": 60}), day("2026-11-29"))
    assert [(step.phase, step.day) for step in path.steps] == [("risk", day("2026-01-10"))]


@pytest.mark.parametrize("today", ["2024-02-29", "2025-02-28", "2026-12-31", "2027-01-01"])
def test_the_day_of_a_passage_does_not_depend_on_when_it_is_worked_out(today: str) -> None:
    late = steps(["2022-02-28", "2023-02-28", "2024-02-29"], "2030-01-01")
    assert steps(["2022-02-28", "2023-02-28", "2024-02-29"], today) == [one for one in late if one[1] <= today]
