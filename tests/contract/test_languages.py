"""Each reader in their own language: no page of an Italian shows a text the catalogue has Italian words for in English."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from fedele.access.models import User
from fedele.records.declare import RecordType
from fedele.records.models import CustomField
from fedele.sales.processes.models import Process, Stage

CATALOGUE = Path(__file__).resolve().parents[2] / "fedele/locale/it/LC_MESSAGES/django.po"
SAID = re.compile(r">([^<>]+)<|(?:aria-label|title|placeholder|alt|data-say[\w-]*)=\"([^\"]+)\"")
ELSEWHERE = ("/", "/notices/?show=all", "/notices/preferences/", "/progress/", "/profile/", "/import/", "/palette/?q=")
SETUP = ("users/", "users/new/", "teams/", "roles/", "company/", "fields/", "numbering/", "audit/", "health/", "")
#: The name of a language stands in that language.
ITS_OWN_NAME = {"English"}


@pytest.fixture
def english(house: Any) -> set[str]:
    """What is said otherwise in Italian, but for the words the company chose itself: they are the same for everybody."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="it") if message.id and isinstance(message.id, str)]
    italian = {str(message.string) for message in messages}
    chosen = {choice for field in CustomField.objects.all() for choice in field.choices}
    chosen.update(Stage.objects.values_list("name", flat=True), Process.objects.values_list("name", flat=True))
    return {str(message.id) for message in messages} - italian - chosen - ITS_OWN_NAME


@pytest.fixture
def reads_italian(as_: Any) -> Any:
    """`reads_italian("giulia", url)`: the texts on the page as she reads it."""

    def texts(name: str, url: str) -> set[str]:
        User.objects.filter(email__startswith=f"{name}@").update(language="it")
        response = as_(name).get(url)
        assert response.status_code == 200, (url, response.status_code)
        html = re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
        return {" ".join(unescape(inside or label).split()) for inside, label in SAID.findall(html)}

    return texts


@pytest.mark.parametrize("page", ["", "new/", "columns/", "filter/", "?trash=1", "?q=zzzz"])
def test_lists_and_forms_in_italian(page: str, record_type: RecordType, reads_italian: Any, english: set[str]) -> None:
    assert reads_italian("giulia", f"{record_type.url()}{page}") & english == set()


def test_the_page_of_a_record_in_italian(
    record_type: RecordType, house: Any, reads_italian: Any, english: set[str]
) -> None:
    assert reads_italian("giulia", record_type.url(house.of(record_type).pk)) & english == set()


@pytest.mark.parametrize("page", ELSEWHERE)
def test_other_pages_in_italian(page: str, reads_italian: Any, english: set[str]) -> None:
    assert reads_italian("giulia", page) & english == set()


@pytest.mark.parametrize("page", SETUP)
def test_setup_in_italian(page: str, reads_italian: Any, english: set[str]) -> None:
    assert reads_italian("sara", f"/setup/{page}") & english == set()
