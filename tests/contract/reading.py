"""What stands on a page, for tests to compare."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from fedele.records.declare import RecordType

ROW = re.compile(r'<tr data-id="(\d+)"')
MORE = re.compile(r'<tr class="more".*?<a[^>]* href="([^"]+)"', re.DOTALL)


def row_ids(html: str) -> list[int]:
    """The records of a list, in its order."""
    return [int(key) for key in ROW.findall(html)]


def all_ids(client: Client, url: str, most: int = 50) -> list[int]:
    """The records of a list to its end, page after page, as a reader who scrolls sees them."""
    found: list[int] = []
    for _page in range(most):
        response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        html = response.content.decode()
        found += row_ids(html)
        following = MORE.search(html)
        if following is None:
            return found
        url = unescape(following.group(1))
    raise AssertionError(f"the list does not end: {url}")


def months_of(record_type: RecordType) -> list[str]:
    """Where the month of a type is, if it has one."""
    if record_type.calendar is None:
        return []
    return [record_type.calendar.elsewhere or f"{record_type.url()}calendar/"]


def linked_ids(html: str, slug: str) -> set[int]:
    """Ids of the records of a type whose pages are linked."""
    return {int(key) for key in re.findall(rf'"(?:http://testserver)?/{slug}/(\d+)/', html)}


def option_ids(html: str) -> set[int]:
    """Ids offered by a picker."""
    return {int(key) for key in re.findall(r'data-value="(\d+)"', html)}


def text_of(html: str) -> str:
    """What is read: no scripts, no tags, one space between words."""
    html = re.sub(r"<(script|style|template)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def value_in(html: str, name: str) -> Any:
    """The value of a hidden or plain input."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*value="([^"]*)"', html)
    return unescape(found.group(1)) if found else None
