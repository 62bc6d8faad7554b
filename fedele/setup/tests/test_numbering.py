from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from fedele.base.numbering import Numbering
from fedele.journal.models import Entry
from fedele.people.companies.models import Company

PAGE = "/setup/numbering/company/"


@pytest.mark.parametrize(
    "pattern",
    ["", "AZ", "AZ-{year}", "AZ-{n}{n}", "AZ-{name}", "AZ-{n", "AZ-{n:5d}", "{n.__class__}", "AZ-{0}", "<b>{n}</b>", " AZ-{n}",
     "AZ-{n}{year}", "{year}{n}", "7{n}", "{n:05}7", "A" * 30 + "{n}", "NO-{n:05}"],
)  # fmt: skip
def test_patterns_that_would_not_do(as_sara: Client, pattern: str) -> None:
    response = as_sara.post(PAGE, {"pattern": pattern})
    assert response.status_code == 422
    assert 'id="id_pattern-error"' in response.content.decode()
    assert not Numbering.objects.exists()


def test_a_new_pattern_numbers_the_next_record(as_sara: Client) -> None:
    Company.objects.create(name="before")
    as_sara.post(PAGE, {"pattern": "CLI/{year}/{n:03}"})
    Company.objects.create(name="after")
    year = timezone.localdate().year
    assert list(Company.objects.order_by("pk").values_list("number", flat=True)) == ["AZ-00001", f"CLI/{year}/001"]
    assert Entry.objects.filter(kind="numbering.edited").get().data["changes"] == {
        "pattern": ["AZ-{n:05}", "CLI/{year}/{n:03}"]
    }


def test_numbers_in_use_are_skipped(as_sara: Client) -> None:
    Company.objects.create(name="imported", number="K-41")
    Company.objects.create(name="other", number="K-X99")
    assert "K-42" in str(as_sara.post(PAGE, {"pattern": "K-{n}"}, follow=True).content)
    assert Company.objects.create(name="next").number == "K-42"


def test_the_page_previews_the_next_number(as_sara: Client) -> None:
    Company.objects.create(name="one")
    assert "AZ-00002" in as_sara.get("/setup/numbering/").content.decode()
    assert as_sara.get("/setup/numbering/nothing/").status_code == 404
