"""Mail without an answer: the same number beside the menu entry, on Today and in the list; what colleagues owe stands apart."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Thread
from fedele.inbox.threads.listing import waiting_count
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def post(giulia: Any, luca: Any) -> Any:
    """Elena's mail: to everybody's box, to Giulia's, to Luca's; taken from the first by Luca; and one of Giulia's that has an answer."""
    company = Company.objects.create(name="Rinaldi", owner=giulia)
    elena = Contact.objects.create(
        first_name="Elena", last_name="Rinaldi", email="e@r.example", owner=giulia, company=company
    )
    boxes = {
        name: Mailbox.objects.create(name=name, address=f"{name}@a.example") for name in ("info", "giulia", "luca")
    }
    Mailbox.objects.filter(pk=boxes["giulia"].pk).update(owner=giulia)
    Mailbox.objects.filter(pk=boxes["luca"].pk).update(owner=luca)
    for n, (box, subject) in enumerate(
        (("info", "Free"), ("info", "Taken"), ("giulia", "Own"), ("luca", "Lathe"), ("giulia", "Answered")), start=1
    ):
        data = f"From: {elena} <{elena.email}>\r\nTo: {box}@a.example\r\nSubject: {subject}\r\nMessage-ID: <{n}@x>\r\n\r\nx\r\n"
        take(boxes[box], data.encode(), Place("INBOX", 1, n))
    Thread.objects.filter(subject="Taken").update(assigned_to=luca)
    Thread.objects.filter(subject="Answered").update(waiting_since=None)


def rows(client: Any, view: str) -> set[str]:
    html = client.get(f"/mail/?view={view}").content.decode().partition('id="mail-rows"')[2].partition("</ul>")[0]
    return {subject for subject in ("Free", "Taken", "Own", "Lathe", "Answered") if subject in html}


@pytest.mark.usefixtures("post")
def test_each_has_their_own_and_the_same_number_everywhere(client: Any, giulia: Any, luca: Any) -> None:
    for who, mine, theirs in (
        (giulia, {"Free", "Own"}, {"Taken", "Lathe"}),
        (luca, {"Free", "Taken", "Lathe"}, {"Own"}),
    ):
        client.force_login(who)
        assert (rows(client, "waiting"), rows(client, "colleagues")) == (mine, theirs)
        block = client.get("/today/block/mail/").content.decode()
        tabs = dict(
            re.findall(r'href="/mail/\?view=(\w+)"[^>]*>[^<]*<em>(\d+)</em>', client.get("/mail/").content.decode())
        )
        assert (tabs["waiting"], tabs["colleagues"]) == (str(len(mine)), str(len(theirs)))
        assert waiting_count(who) == len(mine)
        assert {subject for subject in ("Free", "Taken", "Own", "Lathe", "Answered") if subject in block} == mine


@pytest.mark.usefixtures("post")
def test_what_is_on_no_customer_of_mine_is_nobody_elses_to_count(client: Any, luca: Any, giulia: Any) -> None:
    Thread.objects.filter(subject="Own").update(company=None, contact=None)
    client.force_login(luca)
    assert rows(client, "colleagues") == set()
