"""Whose the new records are and who is told; what stays out is mended here or taken along in its own format."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from fedele.journal.acting import act_as
from fedele.journal.models import Entry
from fedele.notices.models import Notice
from fedele.people.companies.models import Company
from fedele.records.exchange import mending
from fedele.records.exchange.models import Import
from fedele.records.exchange.tests.conftest import uploaded, word
from fedele.records.exchange.tests.test_check import check, fates, prepared
from fedele.tasks.models import Progress

ALFA = "01234567897"


def listed(count: int) -> str:
    return "Nome\n" + "".join(f"{word(n)}\n" for n in range(count))


def counted(*people: Any) -> list[int]:
    return [Company.objects.filter(owner=person).count() for person in people]


def test_in_turn_nobody_gets_two_more_than_another(as_: Any, cast: dict[str, Any]) -> None:
    browser, people = as_("sara"), [cast[name] for name in ("giulia", "luca", "chiara")]
    source = prepared(browser, listed(2_501), a="name")
    check(browser, source)
    refused = browser.post(f"/import/{source.pk}/run/", {"assign": "turns", "run": "1"})
    assert refused.status_code == 422
    assert "Choose the people" in refused.content.decode()
    browser.post(f"/import/{source.pk}/run/", {"assign": "turns", "people": [p.pk for p in people], "run": "1"})
    assert sorted(counted(*people)) == [833, 834, 834]
    assert {company.team_id for company in Company.objects.filter(owner=people[0])} == {people[0].team_id}


def test_the_column_of_the_file_comes_first(as_: Any, cast: dict[str, Any]) -> None:
    browser = as_("sara")
    file = f"Nome;Commerciale\n{word(1)};{cast['luca'].email}\n{word(2)};\n{word(3)};\n"
    source = prepared(browser, file, a="name", b="owner")
    check(browser, source)
    page = browser.get(f"/import/{source.pk}/run/").content.decode()
    assert "A column of the file names the owner" in page
    people = [cast["giulia"].pk, cast["chiara"].pk]
    browser.post(f"/import/{source.pk}/run/", {"assign": "turns", "people": people, "run": "1"})
    assert counted(cast["luca"], cast["giulia"], cast["chiara"]) == [1, 1, 1]


def test_each_owner_is_told_once_with_the_way_to_these_records(as_: Any, cast: dict[str, Any]) -> None:
    browser = as_("sara")
    source = prepared(browser, listed(5), a="name")
    check(browser, source)
    people = [cast["giulia"].pk, cast["luca"].pk]
    browser.post(f"/import/{source.pk}/run/", {"assign": "turns", "people": people, "notify": "on", "run": "1"})
    source.refresh_from_db()
    told = {notice.user: notice for notice in Notice.objects.filter(kind="records.assigned")}
    assert {user.first_name: notice.data for user, notice in told.items()} == {
        "Giulia": {"count": 3},
        "Luca": {"count": 2},
    }
    assert told[cast["luca"]].url == f"/companies/?view=&edited=1&batch={source.batch_id}"


def test_nobody_is_told_unless_it_was_asked_for(as_: Any, cast: dict[str, Any]) -> None:
    browser = as_("sara")
    source = prepared(browser, listed(2), a="name")
    check(browser, source)
    browser.post(f"/import/{source.pk}/run/", {"assign": "one", "owner": cast["luca"].pk, "run": "1"})
    assert counted(cast["luca"]) == [2]
    assert not Notice.objects.filter(kind="records.assigned").exists()


def test_one_gives_to_nobody_one_may_not_make_records_for(as_: Any, cast: dict[str, Any]) -> None:
    browser = as_("giulia")
    source = prepared(browser, listed(1), a="name")
    check(browser, source)
    before = dict(Import.objects.get(pk=source.pk).rules)
    browser.post(f"/import/{source.pk}/run/", {"assign": "one", "owner": "999999"})
    assert Import.objects.get(pk=source.pk).rules["owner_id"] == before["owner_id"]


def test_counts_lead_to_exactly_those_records(as_: Any) -> None:
    browser = as_("giulia")
    first = prepared(browser, f"Nome;P.IVA\nAlfa;{ALFA}\n", a="name", b="vat_number")
    browser.post(f"/import/{first.pk}/check/", {"run": "1"})
    source = prepared(browser, f"Nome;P.IVA;Note\nAlfa;{ALFA};x\n{word(7)};;y\n", a="name", b="vat_number", c="notes")
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    source.refresh_from_db()
    page = browser.get(f"/import/{source.pk}/result/").content.decode()
    for part, there, absent in (("new", word(7), "Alfa"), ("updated", "Alfa", word(7))):
        assert f"batch={source.batch_id}.{part}" in page
        rows = browser.get(f"/companies/?view=&batch={source.batch_id}.{part}").content.decode()
        assert f">{there}<" in rows
        assert f">{absent}<" not in rows


# --- what stayed out ---

WRONG = f"Nome;P.IVA;Città\nAlfa;{ALFA};Brescia\nBeta;01234567890;Forlì\nGamma;12345;Milano\n"
COLUMNS = {"a": "name", "b": "vat_number", "c": "city"}


def brought(browser: Any, content: Any = WRONG) -> Import:
    source = prepared(browser, content, **COLUMNS)
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    source.refresh_from_db()
    assert source.counts == {"read": 3, "new": 1, "problems": 2}
    return source


def test_rows_are_mended_on_the_page_and_come_in_with_the_rest(as_: Any) -> None:
    browser = as_("giulia")
    source = brought(browser)
    assert f"/import/{source.pk}/mend/" in browser.get(f"/import/{source.pk}/result/").content.decode()
    browser.post(f"/import/{source.pk}/mend/3/1/", {"value": "12345670017"})
    page = browser.get(f"/import/{source.pk}/mend/").content.decode()
    assert "1 of the rows shown is in order." in page
    assert "Beta" in page
    browser.post(f"/import/{source.pk}/mend/")
    source.refresh_from_db()
    assert source.counts == {"read": 3, "new": 2, "problems": 1}
    assert [(one.line, one.cells[0]) for one in source.problems.all()] == [(4, "Gamma")]
    beta = Company.objects.get(name="Beta")
    entry = Entry.objects.get(kind="company.created", record_id=beta.pk)
    assert (beta.city, entry.batch_id, entry.data["line"]) == ("Forlì", source.batch_id, 3)
    browser.post(f"/import/{source.pk}/mend/")
    assert Company.objects.count() == 2
    # It goes back with the rest.
    browser.post(f"/import/{source.pk}/undo/")
    assert not Company.objects.filter(trashed_at=None).exists()


def test_mending_is_not_done_twice_and_not_after_the_import_went_back(as_: Any) -> None:
    browser = as_("giulia")
    source = brought(browser)
    browser.post(f"/import/{source.pk}/mend/3/1/", {"value": "12345670017"})
    progress = mending.start(source, source.user)
    mending.run.func(progress.pk, source.pk)
    assert Company.objects.count() == 2
    browser.post(f"/import/{source.pk}/undo/")
    browser.post(f"/import/{source.pk}/mend/4/1/", {"value": ""})
    assert browser.post(f"/import/{source.pk}/mend/")["Location"] == f"/import/{source.pk}/result/"
    assert Company.objects.filter(trashed_at=None).count() == 0


def test_duplicates_left_out_are_decided_afterwards(as_: Any, cast: dict[str, Any]) -> None:
    with act_as(cast["sara"], door="screen"):
        Company(name="Torneria Galli", city="Milano", owner=cast["giulia"], team=cast["giulia"].team).save()
    browser = as_("giulia")
    source = prepared(browser, "Nome;Città;Note\nTorneria Galli;Milano;nuova\n", a="name", b="city", c="notes")
    browser.post(f"/import/{source.pk}/check/", {"duplicates": "skip", "run": "1"})
    source.refresh_from_db()
    assert source.counts == {"read": 1, "possible_duplicates": 1}
    browser.post(f"/import/{source.pk}/mend/2/decide/", {"act": "update"})
    browser.post(f"/import/{source.pk}/mend/")
    source.refresh_from_db()
    assert source.counts == {"read": 1, "updated": 1}
    assert Company.objects.get().notes == "nuova"


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_the_file_of_problems_is_written_as_the_file_was(as_: Any) -> None:
    browser = as_("giulia")
    source = brought(browser, WRONG.replace(";", "\t").encode("cp1252"))
    answer = browser.get(f"/import/{source.pk}/problems/")
    text = content_of(answer).decode("cp1252")
    assert answer.headers["Content-Type"] == "text/csv; charset=cp1252"
    assert text.splitlines()[0] == "Nome\tP.IVA\tCittà\tLine\tProblem"
    assert text.splitlines()[1].startswith("Beta\t01234567890\tForlì\t3\tP.IVA: A digit is mistyped")


def test_a_spreadsheet_comes_back_as_a_spreadsheet(as_: Any) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for line, row in enumerate(WRONG.splitlines()):
        sheet.write_row(line, 0, row.split(";"))
    book.close()
    browser = as_("giulia")
    uploaded(browser, file.getvalue(), name="list.xlsx")
    source = Import.objects.get()
    browser.post(
        f"/import/{source.pk}/columns/", {"column-0": "name", "column-1": "vat_number", "column-2": "city", "next": "1"}
    )
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    answer = browser.get(f"/import/{source.pk}/problems/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="problems-{source.pk}.xlsx"'
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content_of(answer))).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Nome", "P.IVA", "Città", "Line", "Problem"]
    assert rows[1][:4] == ["Beta", "01234567890", "Forlì", "3"]


# --- taking it back ---


def test_what_people_wrote_since_stays_or_goes_as_one_says(as_: Any, cast: dict[str, Any]) -> None:
    for way, names in (("keep", ["Nuova di Luca", "Prima"]), ("revert", ["Prima"])):
        Company.objects.all().delete()
        Entry.objects.all().delete()
        with act_as(cast["sara"], door="screen"):
            Company(name="Prima", vat_number=ALFA, owner=cast["giulia"], team=cast["giulia"].team).save()
        browser = as_("giulia")
        file = f"Nome;P.IVA;Note\nPrima;{ALFA};dal file\n{word(1)};;x\n{word(2)};;y\n"
        source = prepared(browser, file, a="name", b="vat_number", c="notes")
        browser.post(f"/import/{source.pk}/check/", {"run": "1"})
        with act_as(cast["sara"], door="screen"):
            mine = Company.objects.get(name=word(1))
            mine.name = "Nuova di Luca"
            mine.save()
            first = Company.objects.get(vat_number=ALFA)
            first.notes = "di Luca"
            first.save()
        page = browser.get(f"/import/{source.pk}/undo/").content.decode()
        assert "2 records were changed by people after the import" in page
        browser.post(f"/import/{source.pk}/undo/", {"changed": way})
        assert sorted(Company.objects.filter(trashed_at=None).values_list("name", flat=True)) == names
        assert Company.objects.get(vat_number=ALFA).notes == ("di Luca" if way == "keep" else "")


def test_what_others_need_stays_even_then(as_: Any, cast: dict[str, Any]) -> None:
    browser = as_("giulia")
    source = prepared(browser, listed(2), a="name")
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    with act_as(cast["sara"], door="screen"):
        Company(name="Figlia", parent=Company.objects.get(name=word(0)), owner=cast["giulia"]).save()
    browser.post(f"/import/{source.pk}/undo/", {"changed": "revert"})
    assert sorted(Company.objects.filter(trashed_at=None).values_list("name", flat=True)) == sorted(["Figlia", word(0)])


def test_a_large_import_is_looked_at_by_a_job_first(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, listed(2_200), a="name")
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    moved = browser.get(f"/import/{source.pk}/undo/")
    progress = Progress.objects.latest("pk")
    assert (moved["Location"], progress.state, progress.done) == (progress.get_absolute_url(), "done", 2_200)
    page = browser.get(f"/import/{source.pk}/undo/")
    assert page.status_code == 200
    source.refresh_from_db()
    assert source.checked["undo"]["counts"] == {"removed": 2_200, "undone": 0, "changed": 0, "kept": 0}
    browser.post(f"/import/{source.pk}/undo/")
    assert not Company.objects.filter(trashed_at=None).exists()


def test_after_thirty_days_it_stays(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, listed(1), a="name")
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    source.refresh_from_db()
    assert source.can_be_undone
    Import.objects.update(finished_at=source.finished_at.replace(year=source.finished_at.year - 1))
    assert browser.get(f"/import/{source.pk}/undo/").status_code == 404
    assert browser.post(f"/import/{source.pk}/undo/").status_code == 404
    assert fates(source) == {}
