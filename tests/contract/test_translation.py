"""A reader of Italian meets no English: on every page of every type, in its texts and in what is read out of it."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.utils.text import capfirst

from fedele.access.models import User
from fedele.records.declare import RecordType
from tests.contract.making import asked
from tests.contract.reading import months_of

CATALOGUE = Path(__file__).resolve().parents[2] / "fedele/locale/it/LC_MESSAGES/django.po"
#: Each language is offered under its own name.
OWN_NAMES = {"English"}
HTMX = {"HX-Request": "true"}
#: Attributes that are read: shown as a tip, said by a screen reader, written in an empty field.
READ = re.compile(r'\b(?:aria-label|title|placeholder|data-tip|alt|label)="([^"]+)"')
BETWEEN_TAGS = re.compile(r">([^<>]+)<")


@cache
def english() -> dict[str, str]:
    """{English: Italian} of all texts without a placeholder that differ. There is no test without the catalogue."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="it") if isinstance(message.id, str) and message.id]
    plain = {str(message.id): str(message.string) for message in messages if not re.search(r"%\(|\{", str(message.id))}
    known = {**{capfirst(source): capfirst(text) for source, text in plain.items()}, **plain}
    italian = set(known.values())
    return {source: text for source, text in known.items() if source != text and source not in italian}


def read_texts(html: str) -> set[str]:
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return {" ".join(unescape(text).split()) for text in (*BETWEEN_TAGS.findall(html), *READ.findall(html))}


def untranslated(html: str) -> set[str]:
    return {text for text in read_texts(html) - OWN_NAMES if text in english()}


@pytest.fixture
def italian(house: Any, as_: Any) -> Any:
    """A browser of Sara, who reads Italian."""
    User.objects.filter(email__startswith="sara@").update(language="it")
    return as_("sara")


def test_would_notice() -> None:
    assert untranslated('<p title="Board">Open</p><a>Save</a>') >= {"Save"}
    assert not untranslated("<p>Bacheca</p>")


def test_every_page_is_italian(record_type: RecordType, house: Any, italian: Any) -> None:
    url, base = record_type.url(house.of(record_type).pk), record_type.url()
    name = next(iter(asked(record_type)))
    pages = [
        "/",
        base,
        f"{base}?trash=1",
        f"{base}?f=gone.is:1&edited=1",
        f"{base}?q=nobodyiscalledso&edited=1",
        f"{base}new/",
    ]
    pages += [
        url,
        f"{url}edit/",
        f"{url}history/{name}/",
        record_type.url(house.trashed[record_type.key].pk),
        "/import/",
    ]
    pages += [f"{base}board/"] if record_type.board else []
    pages += months_of(record_type)
    for address in pages:
        answer = italian.get(address)
        assert answer.status_code in (200, 410), address
        assert 'lang="it"' in answer.content.decode(), address
        assert untranslated(answer.content.decode()) == set(), address


def test_every_part_is_italian(record_type: RecordType, house: Any, italian: Any) -> None:
    url, base = record_type.url(house.of(record_type).pk), record_type.url()
    name = next(iter(asked(record_type)))
    parts = [
        f"{base}filter/",
        f"{base}columns/",
        f"{base}views/counts/",
        f"{base}views/save/",
        f"{base}quick/",
        "/palette/",
        "/palette/?q=>",
    ]
    parts += [
        f"{url}peek/",
        f"{url}timeline/",
        f"{url}cell/{name}/",
        f"{url}place/?from=edited=1",
        f"/pick/{record_type.key}/?q=Nuova&new=1",
    ]
    parts += [f"{url}do/{verb}/" for verb in record_type.verbs if not record_type.verb_url(house.of(record_type), verb)]
    for address in parts:
        answer = italian.get(address, headers=HTMX)
        assert answer.status_code == 200, address
        assert untranslated(answer.content.decode()) == set(), address
    for act in ("change", "assign", "trash"):
        html = italian.post(f"{base}bulk/{act}/", {"all": "1", "query": "edited=1"}, headers=HTMX).content.decode()
        assert untranslated(html) == set(), act


def test_what_is_wrong_is_said_in_italian(record_type: RecordType, house: Any, italian: Any) -> None:
    record = house.of(record_type)
    answers = [
        italian.post(f"{record_type.url()}new/", {}),
        italian.post(f"{record_type.url()}quick/", {}, headers=HTMX),
    ]
    answers += [
        italian.post(record_type.url(record.pk, "edit"), {"version": record.version, name: "\x00"})
        for name in asked(record_type)
    ]
    for answer in answers:
        assert untranslated(answer.content.decode()) == set()
    for api_answer in (
        italian.get(f"/api/v1/{record_type.slug}/987654"),
        italian.get(f"/api/v1/{record_type.slug}?f=gone.is:1"),
    ):
        assert api_answer.json()["detail"] not in english()
