"""A list out as a file and in again: who may, which rows, and nothing changed by the way."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from python_calamine import CalamineWorkbook

from fedele.journal.models import Entry
from fedele.records.declare import RecordType
from fedele.records.exchange.engine import Check
from fedele.records.exchange.mapping import writable
from fedele.records.exchange.models import Import
from tests.contract.making import make
from tests.contract.reading import all_ids, text_of

FORMATS = pytest.mark.parametrize("file_format", ["csv", "xlsx"])


@pytest.fixture(autouse=True)
def files_go_to_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def exported(
    client: Any, record_type: RecordType, query: str = "edited=1", file_format: str = "csv"
) -> tuple[list[list[Any]], bytes]:
    """The rows of the file, its headers first; and the file."""
    response = client.get(f"{record_type.url()}export/?{query}&format={file_format}")
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert response.headers["Content-Disposition"].startswith("attachment;")
    if file_format == "xlsx":
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(), content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")), content


def checked(client: Any, record_type: RecordType, content: bytes, name: str) -> dict[str, int]:
    """What bringing the file in would do, by the wizard's own check."""
    response = client.post("/import/", {"as": record_type.key, "file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, text_of(response.content.decode())
    source = Import.objects.latest("id")
    assert client.get(f"/import/{source.pk}/columns/").status_code == 200
    assert client.get(f"/import/{source.pk}/check/").status_code == 200
    counts = Check(source, source.open()).counts
    return {name: number for name, number in counts.items() if number}


@FORMATS
def test_what_is_exported_comes_back_unchanged(record_type: RecordType, house: Any, as_: Any, file_format: str) -> None:
    rows, content = exported(as_("sara"), record_type, file_format=file_format)
    assert len(rows) - 1 == len(house.ids(record_type))
    count = len(house.ids(record_type))
    assert checked(as_("sara"), record_type, content, f"list.{file_format}") == {"read": count, "unchanged": count}


@FORMATS
def test_what_belongs_to_one_of_two_namesakes_comes_back_to_the_same(
    record_type: RecordType, house: Any, as_: Any, person: Any, file_format: str
) -> None:
    """Two related records of the same name are told apart, whichever of them a record points at."""
    for records in house.records.values():
        for related in records:
            twin = type(related).objects.get(pk=related.pk)
            twin.put({name: "Twin" for name in ("name", "first_name", "last_name") if hasattr(twin, name)})
            twin.save()
    around: dict[Any, Any] = {}
    make(record_type, 9, person("giulia"), around=around)
    rows, content = exported(as_("sara"), record_type, file_format=file_format)
    counts = checked(as_("sara"), record_type, content, f"list.{file_format}")
    assert counts == {"read": len(rows) - 1, "unchanged": len(rows) - 1}


@FORMATS
def test_the_file_has_the_rows_of_the_list_within_the_right_to_export(
    record_type: RecordType, house: Any, as_: Any, person: Any, who: str, file_format: str
) -> None:
    user = person(who)
    if not user.rights.may("export", record_type.key):
        assert as_(who).get(f"{record_type.url()}export/").status_code == 404
        return
    key = record_type.exchange.key
    allowed = record_type.model.objects.visible_to(user, "export")
    for query in ("edited=1", "f=owner.in:me", f"q={house.of(record_type)}&edited=1"):
        rows, _content = exported(as_(who), record_type, query, file_format)
        listed = all_ids(as_(who), f"{record_type.url()}?{query}")
        at = 0
        assert {row[at] for row in rows[1:]} == set(allowed.filter(pk__in=listed).values_list(key, flat=True)), query


def test_a_selection_is_exported_without_what_one_may_not(
    record_type: RecordType, house: Any, as_: Any, person: Any
) -> None:
    ids = [*house.ids(record_type), house.trashed[record_type.key].pk, 999999]
    response = as_("luca").post(f"{record_type.url()}export/", {"ids": ",".join(map(str, ids)), "query": "edited=1"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";"))
    allowed = record_type.model.objects.visible_to(person("luca"), "export")
    assert {row[0] for row in rows[1:]} == set(allowed.values_list("number", flat=True))


def test_who_took_a_list_out_is_in_the_journal(record_type: RecordType, house: Any, as_: Any) -> None:
    exported(as_("luca"), record_type, "f=owner.in:me")
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.actor.first_name, entry.record_type) == ("list.exported", "Luca", record_type.key)
    assert "owner.in" in entry.data["query"]


def test_a_changed_row_changes_that_record_alone_and_goes_back(
    record_type: RecordType, house: Any, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    rows, _content = exported(as_("sara"), record_type)
    fields = {str(one.label): name for name, one in writable(record_type, None).items()}
    at = next(
        at
        for at, header in enumerate(rows[0])
        if fields.get(header) and record_type.model._meta.get_field(fields[header]).get_internal_type() == "TextField"
    )
    name, record = fields[rows[0][at]], house.of(record_type)
    changed = [
        rows[0],
        *([*row[:at], "Changed in a file", *row[at + 1 :]] if row[0] == record.number else row for row in rows[1:]),
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(changed)
    counts = checked(as_("sara"), record_type, text.getvalue().encode(), "changed.csv")
    assert (counts["updated"], counts["unchanged"]) == (1, len(rows) - 2)
    source = Import.objects.latest("id")
    with django_capture_on_commit_callbacks(execute=True):
        assert as_("sara").post(f"/import/{source.pk}/check/", {"run": "1", **_rules()}).status_code == 302
    assert getattr(record_type.model.objects.get(pk=record.pk), name) == "Changed in a file"
    assert record_type.model.objects.filter(**{name: "Changed in a file"}).count() == 1
    with transaction.atomic(), django_capture_on_commit_callbacks(execute=True):
        assert as_("sara").post(f"/import/{source.pk}/undo/").status_code == 302
    assert getattr(record_type.model.objects.get(pk=record.pk), name) == getattr(record, name)


def _rules() -> dict[str, str]:
    return {"match": "update", "duplicates": "create", "create_related": "on"}
