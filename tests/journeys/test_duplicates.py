"""The queue of duplicates by the keyboard alone: one told apart and taken back, the next merged."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.journal.acting import act_as
from fedele.people.duplicates.queue.models import Proposal, ProposalGroup
from fedele.people.duplicates.queue.searching import search
from fedele.people.models import Company, Lead


@pytest.fixture
def doubles(people: dict[str, Any]) -> None:
    with act_as(people["sara"], door="screen"):
        for name in ("Meccanica Bresciana S.r.l.", "Mecc. Bresciana srl"):
            Company(name=name, city="Brescia", phone="+390303312450", email="info@mecbs.example").save()
        for last_name in ("Tosi", "Tossi"):
            Lead(first_name="Paolo", last_name=last_name, email="paolo@tosi.example", city="Lecco").save()
    search(lambda _number, **_counts: None)
    assert ProposalGroup.objects.count() == 2


@pytest.mark.parametrize(("language", "width"), [("it", 1440), ("en", 390)])
def test_decided_by_the_keyboard_and_taken_back(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], doubles: None, language: str, width: int
) -> None:
    page = come_in("sara", language, width)
    page.goto(f"{live_server.url}/duplicates/")
    cards = page.locator("decision-queue > article")
    expect(cards).to_have_count(2)
    first = cards.nth(0).get_attribute("data-group")
    page.keyboard.press("j")
    expect(page.locator("article[data-here]")).to_have_attribute(
        "data-group", cards.nth(1).get_attribute("data-group") or ""
    )
    page.keyboard.press("k")
    page.keyboard.press("2")
    expect(cards).to_have_count(1)
    assert Proposal.objects.filter(state="not_duplicate").count() == 1
    page.keyboard.press("Control+z")
    expect(cards).to_have_count(2)
    expect(page.locator("article[data-here]")).to_have_attribute("data-group", re.compile(r"\d+"))
    assert first and Proposal.objects.open().count() == 2
    page.keyboard.press("1")
    expect(page).to_have_url(re.compile(r"/(companies|leads)/merge/\?ids="))
    assert complaints == []
