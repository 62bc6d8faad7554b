"""Texts that are up to no good: kept as they are, shown as text everywhere, guarded in files, never an error (A-3, A-8, A-52)."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest

from fedele.records.declare import RecordType
from fedele.records.fields import fields_of
from tests.contract.making import asked, posted
from tests.contract.reading import months_of, row_ids
from tests.contract.test_api import send
from tests.contract.test_exchange import checked, exported

HTMX = {"HX-Request": "true"}
TEXTS = {
    "script": "<script>alert(1)</script>", "attribute": '"><svg onload=alert(1)>', "quote": "'-alert(1)-'",
    "template": "{{1234*5678}}${1234*5678}", "formula": "=1+1", "command": "@SUM(1)|cmd", "rtl": "abc\u202egpj.exe",
    "sql": "' OR 1=1--", "percent": "100%_\\", "format": "%(x)s {0} %s",
}  # fmt: skip
LONG = "🦊" * 500


#: A field that holds less cannot hold them, and says so.
LONGEST = max(map(len, TEXTS.values()))


def texts_of(record_type: RecordType) -> dict[str, int]:
    """Fields that take any text, with how much they hold."""
    return {
        name: (one.field.max_length or 20_000) if one.field else 20_000
        for name, one in asked(record_type).items()
        if one.kind in ("text", "long") and ((one.field and one.field.max_length) or 20_000) >= LONGEST
    }


def addresses(record_type: RecordType, pk: int) -> list[str]:
    url, columns = record_type.url(pk), ",".join(fields_of(record_type))
    found = [
        url,
        f"{url}edit/",
        f"{url}peek/",
        f"{url}timeline/?show=changes",
        f"{record_type.url()}?edited=1&cols={columns}",
        "/",
        "/palette/",
    ]
    found += [f"{record_type.url()}board/"] if record_type.board else []
    found += months_of(record_type)
    return [*found, *(f"{url}history/{name}/" for name in texts_of(record_type))]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_is_text_at_every_door(record_type: RecordType, house: Any, as_: Any, api: Any, text: str) -> None:
    client, record = as_("giulia"), house.of(record_type)
    data = {**posted(record_type, record), **dict.fromkeys(texts_of(record_type), text), "version": record.version}
    assert client.post(record_type.url(record.pk, "edit"), data).status_code == 302
    stored = record_type.model.objects.get(pk=record.pk)
    for name in texts_of(record_type):
        assert fields_of(record_type)[name].value_of(stored) == text, name
    for address in addresses(record_type, record.pk):
        answer = client.get(address, headers=HTMX if "peek" in address or "timeline" in address else {})
        assert answer.status_code == 200, address
        html = answer.content.decode()
        for tag in ("<script>alert", "<svg onload"):
            assert tag not in html, address
        assert "7006652" not in html, address
    assert text in unescape(client.get(record_type.url(record.pk)).content.decode())
    for address in ("/palette/", f"/pick/{record_type.key}/", record_type.url()):
        html = client.get(address, {"q": text, "edited": "1"}).content.decode()
        assert "<script>alert" not in html
        assert "<svg onload" not in html
    assert api("giulia").get(f"/api/v1/{record_type.slug}/{record.pk}").json()["title"] == str(stored)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_runs_in_no_file_and_comes_back_unchanged(
    record_type: RecordType, house: Any, as_: Any, settings: Any, tmp_path: Any, text: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    record = house.of(record_type)
    data = {**posted(record_type, record), **dict.fromkeys(texts_of(record_type), text), "version": record.version}
    assert as_("sara").post(record_type.url(record.pk, "edit"), data).status_code == 302
    for file_format in ("csv", "xlsx"):
        rows, content = exported(as_("sara"), record_type, file_format=file_format)
        cells = [str(cell) for row in rows[1:] for cell in row]
        if file_format == "csv":
            assert not [cell for cell in cells if cell[:1] in ("=", "@", "|", "\t", "\r")]
        counts = checked(as_("sara"), record_type, content, f"list.{file_format}")
        assert counts == {"read": len(rows) - 1, "unchanged": len(rows) - 1}, file_format


def test_five_hundred_foxes_fit_or_are_refused_in_words(
    record_type: RecordType, house: Any, as_: Any, api: Any
) -> None:
    for name, most in texts_of(record_type).items():
        record = house.of(record_type)
        answer = as_("giulia").post(record_type.url(record.pk, "cell", name), {name: LONG}, headers=HTMX)
        assert answer.status_code == (200 if most >= len(LONG) else 422), name
        record = house.of(record_type)
        body = {"custom": {name.partition(".")[2]: LONG}} if name.startswith("custom.") else {name: LONG}
        answer = send(
            api("giulia"), "PATCH", f"/api/v1/{record_type.slug}/{record.pk}", {**body, "version": record.version}
        )
        assert answer.status_code == (200 if most >= len(LONG) else 422), name


def test_a_character_that_cannot_be_stored_is_refused_on_both_databases(
    record_type: RecordType, house: Any, as_: Any, api: Any
) -> None:
    record = house.of(record_type)
    url = record_type.url(record.pk)
    for name in texts_of(record_type):
        assert as_("giulia").post(f"{url}cell/{name}/", {name: "a\x00b"}, headers=HTMX).status_code == 422, name
        assert (
            as_("giulia")
            .post(f"{url}edit/", {**posted(record_type, record), name: "a\x00b", "version": record.version})
            .status_code
            == 422
        )
        body = {"custom": {name.partition(".")[2]: "a\x00b"}} if name.startswith("custom.") else {name: "a\x00b"}
        assert (
            send(
                api("giulia"), "PATCH", f"/api/v1/{record_type.slug}/{record.pk}", {**body, "version": record.version}
            ).status_code
            == 422
        ), name
    assert record_type.model.objects.get(pk=record.pk).version == record.version


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "\ud800", "%00", "\\", "x" * 60_000, "%" * 300, "🦊" * 3000],
    ids=["nul", "surrogate", "zero", "backslash", "long", "percent", "foxes"],
)
def test_any_question_is_answered(record_type: RecordType, house: Any, as_: Any, api: Any, text: str) -> None:
    question, printable = text.encode("utf-8", "surrogatepass"), text.encode("utf-8", "replace").decode()
    client = as_("giulia")
    for address in (
        f"{record_type.url()}?edited=1",
        f"/pick/{record_type.key}/?new=1",
        "/palette/?here=/",
        f"{record_type.url(house.of(record_type).pk)}timeline/?show=",
    ):
        assert client.get(f"{address}&q=", headers=HTMX, query_params={"q": question}).status_code == 200, address
    text_field = next(name for name, one in asked(record_type).items() if one.kind == "text")
    for operator in ("has", "is", "not", "starts"):
        answer = client.get(record_type.url(), {"edited": "1", "f": f"{text_field}.{operator}:".encode() + question})
        assert answer.status_code == 200, operator
        assert (
            client.post(
                f"{record_type.url()}bulk/assign/",
                {"all": "1", "query": f"edited=1&f={text_field}.{operator}:{printable}"},
            ).status_code
            == 200
        )
        assert api("giulia").get(
            f"/api/v1/{record_type.slug}", {"f": f"{text_field}.{operator}:".encode() + question}
        ).status_code in (200, 400)
    assert api("giulia").get(f"/api/v1/{record_type.slug}", {"q": question}).status_code in (200, 422)


def test_percent_and_underscore_are_characters_like_others(
    record_type: RecordType, house: Any, as_: Any, api: Any
) -> None:
    """A-7: they find themselves, and not everything."""
    name = next(name for name, one in asked(record_type).items() if one.kind == "text" and not one.is_custom)
    record = house.of(record_type)
    assert (
        as_("giulia").post(record_type.url(record.pk, "cell", name), {name: r"5%_off\now"}, headers=HTMX).status_code
        == 200
    )
    values = dict(record_type.model.objects.filter(pk__in=house.ids(record_type)).values_list("pk", name))
    for wanted in ("%", "_", "%_", "\\"):
        escaped = wanted.replace("\\", "\\\\")
        holding = {pk for pk, value in values.items() if wanted in value}
        assert record.pk in holding
        for operator, found in (("has", holding), ("starts", set()), ("is", set())):
            html = (
                as_("sara")
                .get(record_type.url(), {"edited": "1", "f": f"{name}.{operator}:{escaped}"})
                .content.decode()
            )
            assert set(row_ids(html)) == found, (wanted, operator)
    assert json.loads(api("sara").get(f"/api/v1/{record_type.slug}", {"f": f"{name}.has:%"}).content)["count"] == 1
