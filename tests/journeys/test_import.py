"""A bought list with dirty duplicates of the archive becomes clean, assigned names; then all of it is taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.journal.acting import act_as
from fedele.notices.models import Notice
from fedele.people.models import Company, Contact, Lead
from fedele.records.exchange.tests.conftest import word

#: 40 names; two are of the archive, with slips; four have the same slip in their province.
ROWS = [
    f"{word(n, 'given')};{word(n, 'family')};{word(n, 'firm')} S.r.l.;{word(n, 'box')}@{word(n, 'host')}.it;"
    f"{'Bressia' if n % 10 == 0 else 'BS'}"
    for n in range(38)
]
DIRTY = [
    "ROSSI;Mario;Meccanica Bresciana;mario.rossi@mecbs.example;BS",
    "Ana;Bianchi;Torneria Galli srl;anna@galli.example;BS",
]


@pytest.fixture
def bought(tmp_path: Path) -> Path:
    path = tmp_path / "bought.csv"
    path.write_text("\n".join(["Nome;Cognome;Azienda;E-mail;Provincia", *ROWS, *DIRTY]) + "\n", "utf-8")
    return path


@pytest.fixture
def archive(people: dict[str, Any]) -> None:
    with act_as(people["sara"], door="screen"):
        for first, last, firm, email in (
            ("Mario", "Rossi", "Meccanica Bresciana S.r.l.", "mario.rossi@mecbs.example"),
            ("Anna", "Bianchi", "Torneria Galli S.r.l.", "anna@galli.example"),
        ):
            company = Company(name=firm, city="Brescia")
            company.save()
            Contact(first_name=first, last_name=last, company=company, email=email).save()


def test_a_bought_list_becomes_clean_assigned_names_and_goes_back(
    come_in: Callable[..., Page],
    live_server: Any,
    people: dict[str, Any],
    archive: None,
    bought: Path,
    complaints: list[str],
) -> None:
    page = come_in("sara", "en")
    page.goto(f"{live_server.url}/import/?as=lead")
    page.locator("input[type=file][name=file]").set_input_files(bought)
    page.locator("select[name=provenance]").select_option("none")
    page.locator("main form button[type=submit].primary").first.click()
    page.wait_for_url(re.compile(r"/import/\d+/columns/"))
    page.locator("button[name=next]").click()
    page.wait_for_url(re.compile(r"/import/\d+/check/"))
    expect(page.locator("form[action$='/fix-all/'] s")).to_have_text("Bressia")
    page.locator("form[action$='/fix-all/'] input[name=value]").fill("BS")
    page.locator("form[action$='/fix-all/'] button").click()
    expect(page.locator("form[action$='/fix-all/']")).to_have_count(0)
    page.get_by_role("link", name="Decide on 2 possible duplicates").click()
    # Both by the keyboard: the first is the contact that is there, the second stays out.
    expect(page.locator("form.pair")).to_have_count(2)
    page.keyboard.press("1")
    expect(page.locator("form.pair")).to_have_count(1)
    page.keyboard.press("3")
    expect(page.locator("form.pair")).to_have_count(0)
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_url(re.compile(r"/import/\d+/run/"))
    page.locator("[name=assign][value=turns]").check()
    for name in ("giulia", "luca"):
        page.locator(f"[name=people][value='{people[name].pk}']").check()
    page.locator("[name=notify]").check()
    page.locator("button[name=run]").click()
    page.wait_for_url(re.compile(r"/progress/\d+/"))
    page.get_by_role("link", name="See the result").click()
    page.wait_for_url(re.compile(r"/import/\d+/result/"))
    assert sorted(Lead.objects.filter(owner=people[name]).count() for name in ("giulia", "luca")) == [19, 19]
    assert Notice.objects.filter(kind="records.assigned").count() == 2
    page.get_by_role("link", name="Undo the import").click()
    expect(page.get_by_text("Go to the trash")).to_be_visible()
    page.locator("main form button[type=submit].primary").click()
    page.wait_for_url(re.compile(r"/progress/\d+/"))
    expect(page.locator("#now .badge")).to_have_text("Done")
    assert not Lead.objects.filter(trashed_at=None).exists()
    assert Contact.objects.filter(trashed_at=None).count() == 2
    assert complaints == []
