"""Every kind of page, in both languages, light and dark, at a desk and on a phone: accessible, and without complaint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fedele.demo import load
from tests.browser.axe import violations

PAGES = [
    "/",
    "/?of=team",
    "/today/work/",
    "/today/arrange/",
    "/today/block/numbers/",
    "/today/block/team_load/",
    "/today/calls/",
    "/companies/",
    "/companies/?view=customers&sort=-updated_at",
    "/companies/?q=zzzzzz",
    "/companies/1/",
    "/companies/1/?panels=1&show=important",
    "/companies/1/?group=1",
    "/companies/1/edit/",
    "/companies/new/",
    "/contacts/",
    "/contacts/1/",
    "/leads/",
    "/leads/board/",
    "/leads/new/",
    "/opportunities/",
    "/opportunities/board/",
    "/opportunities/calendar/",
    "/opportunities/new/",
    "/import/",
    "/duplicates/",
    "/companies/merge/?ids=11,15",
    "/companies/11/merge/",
    "/companies/1/consents/",
    "/companies/1/phase/",
    "/companies/3/phone/",
    "/companies/3/dossier/",
    "/contacts/1/phone/",
    "/leads/1/phone/",
    "/documents/",
    "/documents/1/",
    "/documents/1/versions/1/look/",
    "/documents/on/company/1/",
    "/setup/documents/",
    "/name-lists/",
    "/name-lists/new/",
    "/assignment/queue/",
    "/assignment/load/",
    "/assignment/rules/",
    "/assignment/rules/2/",
    "/assignment/rules/new/",
    "/assignment/areas/",
    "/assignment/absences/",
    "/assignment/mine/",
    "/handovers/",
    "/handovers/new/",
    "/privacy/",
    "/privacy/register/",
    "/privacy/register/1/",
    "/privacy/contact/5/erase/",
    "/privacy-requests/",
    "/privacy-requests/new/",
    "/open-items/",
    "/open-items/1/",
    "/open-items/ageing/",
    "/disputes/",
    "/disputes/board/",
    "/disputes/1/",
    "/observations/",
    "/observations/1/",
    "/agreements/",
    "/agreements/1/",
    "/activities/",
    "/activities/1/",
    "/activities/calendar/",
    "/setup/hours/",
    "/profile/hours/",
    "/activities/log/contact/5/",
    "/calendar/",
    "/calendar/?view=month&people=team",
    "/calendar/?view=people&people=team",
    "/calendar/?view=list",
    "/calendar/?view=day&people=team&with=company:1",
    "/mail/?view=colleagues",
    "/mail/",
    "/mail/?view=all&q=offerta&sender=giulia&period=year&attached=on",
    "/mail/write/",
    "/mail/parked/",
    "/mail/parked/?aside=1",
    "/profile/mailbox/",
    "/setup/mailboxes/",
    "/setup/mailboxes/new/",
    "/setup/mailboxes/providers/",
    "/setup/mailboxes/providers/microsoft/",
    "/setup/mailboxes/providers/other/",
    "/mail-templates/",
    "/mail-templates/new/",
    "/profile/letters/",
    "/calendar/import/",
    "/calendar/distribute/?pile=team",
    "/profile/calendar/",
    "/p/not-a-link/",
    "/conversations/",
    "/conversations/company/1/",
    "/notices/",
    "/notices/preferences/",
    "/notices/?show=later",
    "/notices/kinds/record.assigned/",
    "/offline/",
    "/share/",
    "/progress/",
    "/profile/",
    "/profile/phone/",
    "/setup/",
    "/setup/users/",
    "/setup/teams/",
    "/setup/roles/",
    "/setup/company/",
    "/setup/numbering/",
    "/setup/fields/",
    "/setup/telephony/",
    "/setup/audit/",
    "/setup/privacy/",
    "/setup/privacy/register/",
    "/setup/privacy/seen/",
    "/setup/profile/",
    "/setup/lifecycle/",
    "/setup/health/",
    "/styleguide/",
    "/nowhere/",
]
LOOKS = [("it", 1440, "light"), ("it", 390, "dark"), ("en", 1440, "dark"), ("en", 390, "light")]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_pages_are_accessible(
    come_in: Callable[..., Page], live_server: Any, complaints: list[str], language: str, width: int, scheme: str
) -> None:
    load(100, 1)
    page = come_in("sara", language, width, scheme)
    found = {}
    for address in PAGES:
        page.goto(live_server.url + address)
        expect(page.get_by_role("main")).to_be_visible()
        if wrong := violations(page):
            found[address] = wrong
        scrolls = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        if scrolls:
            found.setdefault(address, []).append("scrolls sideways")
    # A page that is not there answers 404, which the browser notes as an error of its own.
    assert (found, [one for one in complaints if "404" not in one]) == ({}, [])
