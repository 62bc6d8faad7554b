from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fedele.access.audit import Subject, audit
from fedele.access.models import User
from fedele.access.tests.people import PASSWORD
from fedele.journal.acting import act_as
from fedele.people.companies.models import Company
from fedele.setup.audit.reading import PAGE

AUDIT = "/setup/audit/"


def told(client: Client, **asked: str) -> str:
    page = client.get(f"{AUDIT}?{urlencode(asked)}").content.decode()
    listed = page[page.index('id="audit"') :] if 'id="audit"' in page else ""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", listed))


def test_a_change_is_told_with_who_and_from_what_to_what(as_sara: Client, giulia: User) -> None:
    with act_as(giulia):
        company = Company.objects.create(name="Rinaldi")
        company.city = "Brescia"
        company.save()
        company.put({"owner": giulia})
        company.save()
    text = told(as_sara)
    assert "Giulia · Company Rinaldi" in text
    assert "Brescia" in text


def test_filters(as_sara: Client, sara: User, giulia: User) -> None:
    Client().post("/accounts/login/", {"login": giulia.email, "password": PASSWORD})
    Client().post("/accounts/login/", {"login": giulia.email, "password": "wrong"})
    with act_as(sara):
        Company.objects.create(name="Rinaldi")
        audit("company.exported", Subject("company", 0, "Companies"), rows=12)
        audit("team.added", Subject("team", 3, "Nord"))
    today = timezone.localdate().isoformat()
    for asked, shown, left_out in (
        ({"what": "door"}, "signed in", "turned away"),
        ({"what": "refused"}, "turned away", "Nord"),
        ({"what": "setup"}, "Nord", "Rinaldi"),
        ({"what": "exports"}, "Companies", "Nord"),
        ({"what": "company"}, "Rinaldi", "Nord"),
        ({"who": str(giulia.pk)}, "turned away", "Rinaldi"),
        ({"since": today, "until": today}, "Rinaldi", "nothing of the kind"),
    ):
        text = told(as_sara, **asked)
        assert (shown in text, left_out in text) == (True, False), asked
    assert told(as_sara, until="2020-01-01") == ""


@pytest.mark.parametrize(
    "query",
    [
        "who=abc",
        "who=99999999999999999999",
        "what=%00",
        "since=31/31/31",
        "since=2026-13-45",
        "before=x",
        "before=2026-01-01_9999999999999999999999",
    ],
)
def test_nonsense_is_no_error(as_sara: Client, query: str) -> None:
    assert as_sara.get(f"{AUDIT}?{query}").status_code == 200


def test_pages_follow_each_other_without_gap_or_double(as_sara: Client) -> None:
    for n in range(2 * PAGE + 5):
        audit("team.added", Subject("team", n, f"team-{n:03}"))
    found: list[str] = []
    query = ""
    for _page in range(3):
        page = as_sara.get(AUDIT + query, headers={"HX-Request": "true"} if query else {}).content.decode()
        found += re.findall(r"team-\d{3}", page)
        more = re.search(r'hx-get="(\?[^"]*before=[^"]+)"', page)
        query = more.group(1).replace("&amp;", "&") if more else ""
    assert found == [f"team-{n:03}" for n in reversed(range(2 * PAGE + 5))]
    assert query == ""


def test_the_same_number_of_statements_for_one_and_for_many(as_sara: Client, giulia: User) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            as_sara.get(AUDIT)
        return len(found)

    with act_as(giulia):
        Company.objects.create(name="one", owner=giulia)
    count()
    few = count()
    with act_as(giulia):
        for n in range(20):
            Company.objects.create(name=f"c{n}", owner=giulia)
    assert count() == few
