"""The check before an import: counters, pages, cells put right, rows left out; in any size."""

from __future__ import annotations

from typing import Any

from fedele.people.companies.models import Company
from fedele.records.exchange.checked import Chunk, page_of, totals
from fedele.records.exchange.decided import Fix
from fedele.records.exchange.models import Import
from fedele.records.exchange.tests.conftest import uploaded, word
from fedele.tasks.models import Progress

ALFA = "01234567897"
LIST = f"Ragione sociale;P.IVA;Provincia\nAlfa;{ALFA};BS\nBeta;01234567890;Bressia\nGamma;;Bressia\nDelta;;MI\n"


def prepared(browser: Any, content: str, **columns: str) -> Import:
    """A file whose columns are chosen, as it stands before its check."""
    uploaded(browser, content)
    source = Import.objects.latest("pk")
    chosen = {f"column-{at}": name for at, name in enumerate(columns.values())}
    browser.post(f"/import/{source.pk}/columns/", {**chosen, "next": "1"})
    source.refresh_from_db()
    return source


def check(browser: Any, source: Import, query: str = "") -> str:
    answer = browser.get(f"/import/{source.pk}/check/{query}")
    assert answer.status_code == 200, answer.headers
    source.refresh_from_db()
    return str(answer.content.decode())


def fates(source: Import) -> dict[str, int]:
    return {fate: n for fate, n in totals(source).items() if n}


THREE = {"a": "name", "b": "vat_number", "c": "province"}


def test_a_cell_put_right_makes_its_row_good_at_once(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, LIST, **THREE)
    check(browser, source)
    assert fates(source) == {"new": 2, "problem": 2}
    editor = browser.get(f"/import/{source.pk}/cell/4/2/")
    assert 'value="Bressia"' in editor.content.decode()
    answer = browser.post(f"/import/{source.pk}/cell/4/2/", {"value": "BS"})
    assert (answer.content.decode(), "fedele:judged" in answer.headers["HX-Trigger"]) == ("BS", True)
    assert fates(source) == {"new": 3, "problem": 1}
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    assert list(Company.objects.order_by("name").values_list("name", "province")) == [
        ("Alfa", "BS"), ("Delta", "MI"), ("Gamma", "BS"),
    ]  # fmt: skip


def test_a_cell_written_back_as_it_was_leaves_no_trace(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, LIST, **THREE)
    check(browser, source)
    for value in ("BS", "Bressia"):
        browser.post(f"/import/{source.pk}/cell/4/2/", {"value": value})
    assert fates(source) == {"new": 2, "problem": 2}
    assert not Fix.objects.exists()


def test_the_same_mistake_is_put_right_once_for_all_rows(as_: Any) -> None:
    browser = as_("giulia")
    rows = "".join(f"{word(n)};Bressia\n" for n in range(43)) + "Ultima;Roma\n"
    source = prepared(browser, f"Nome;Provincia\n{rows}", a="name", b="province")
    page = check(browser, source)
    assert fates(source) == {"new": 1, "problem": 43}
    assert "Instead of “Bressia”" in page
    browser.post(f"/import/{source.pk}/fix-all/", {"column": "Provincia", "was": "Bressia", "value": "BS"})
    assert fates(source) == {"new": 44}
    assert Fix.objects.count() == 1
    assert "Instead of “Bressia”" not in check(browser, source)
    # One of them is another place after all: what is said of one cell counts more than what is said of all.
    browser.post(f"/import/{source.pk}/cell/2/1/", {"value": "MI"})
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    assert Company.objects.filter(province="BS").count() == 42
    assert Company.objects.get(name=word(0)).province == "MI"


def test_a_row_is_left_out_and_taken_in_again(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, LIST, **THREE)
    check(browser, source)
    browser.post(f"/import/{source.pk}/leave-out/", {"ids": "2,5"})
    assert fates(source) == {"problem": 2, "left_out": 2}
    browser.post(f"/import/{source.pk}/leave-out/", {"ids": "5", "back": "1"})
    assert fates(source) == {"new": 1, "problem": 2, "left_out": 1}
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    source.refresh_from_db()
    assert source.counts == {"read": 4, "new": 1, "problems": 2, "left_out": 1}
    assert [company.name for company in Company.objects.all()] == ["Delta"]


def test_a_row_left_out_no_longer_stands_in_the_way_of_another(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, f"Nome;P.IVA\nAlfa;{ALFA}\nAlfa giusta;{ALFA}\n", a="name", b="vat_number")
    check(browser, source)
    assert fates(source) == {"new": 1, "problem": 1}
    browser.post(f"/import/{source.pk}/leave-out/", {"ids": "2"})
    assert fates(source) == {"new": 1, "left_out": 1}
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    assert Company.objects.get().name == "Alfa giusta"


def test_all_rows_with_one_kind_of_problem_are_left_out(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, LIST, **THREE)
    check(browser, source)
    ((column, message, count),) = [kind for kind in source.checked["kinds"] if kind[0] == "Provincia"]
    assert count == 2
    browser.post(f"/import/{source.pk}/leave-out/", {"kind": f"{column}|{message}"})
    assert fates(source) == {"new": 2, "left_out": 2}
    browser.post(f"/import/{source.pk}/leave-out/", {"kind": f"{column}|{message}", "back": "1"})
    assert fates(source) == {"new": 2, "problem": 2}
    browser.post(f"/import/{source.pk}/leave-out/", {"kind": f"{column}|{message}"})
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    source.refresh_from_db()
    assert source.counts == {"read": 4, "new": 2, "left_out": 2}
    assert not source.problems.exists()


def test_pages_hold_fifty_rows_of_one_kind(as_: Any) -> None:
    browser = as_("giulia")
    rows = "".join(f"{word(n)};{'Bressia' if n % 3 == 0 else 'BS'}\n" for n in range(400))
    source = prepared(browser, f"Nome;Provincia\n{rows}", a="name", b="province")
    page = check(browser, source, "?only=problems")
    assert page.count("<tr data-id=") == 50
    seen: list[int] = []
    after = 0
    while lines := [row.line for row in page_of(source, ("problem",), 50, after=after)]:
        seen += lines
        after = lines[-1]
    assert seen == list(range(2, 402, 3))
    assert [row.line for row in page_of(source, ("problem",), 50, before=seen[60])] == seen[10:60]
    assert f"after={seen[49]}" in page
    assert "before=" in check(browser, source, f"?only=problems&after={seen[49]}")


def test_a_long_file_is_checked_by_a_job_and_a_row_judged_by_itself(
    as_: Any, django_assert_max_num_queries: Any
) -> None:
    browser = as_("giulia")
    rows = "".join(f"{word(n)};{'Bressia' if n % 1000 == 7 else 'BS'}\n" for n in range(6_000))
    source = prepared(browser, f"Nome;Provincia\n{rows}", a="name", b="province")
    moved = browser.get(f"/import/{source.pk}/check/")
    progress = Progress.objects.get()
    assert moved["Location"] == progress.get_absolute_url()
    assert (progress.state, progress.done) == ("done", 6_000)
    assert browser.get(f"/progress/{progress.pk}/now/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == (
        f"/import/{source.pk}/check/"
    )
    check(browser, source)
    assert fates(source) == {"new": 5_994, "problem": 6}
    assert Chunk.objects.count() == 6
    browser.post(f"/import/{source.pk}/cell/3009/1/", {"value": "BS"})
    assert fates(source) == {"new": 5_995, "problem": 5}
    source.refresh_from_db()
    assert [row[2] for row in source.checked["values"]] == [5]
    with django_assert_max_num_queries(30):
        check(browser, source, "?only=problems")
    assert Progress.objects.count() == 1
    browser.post(f"/import/{source.pk}/check/", {"run": "1"})
    source.refresh_from_db()
    assert source.counts == {"read": 6_000, "new": 5_995, "problems": 5}
    assert not Chunk.objects.exists()


def test_other_rules_ask_for_another_check(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, "Nome;Parte di\nAlfa;Madre\n", a="name", b="parent")
    check(browser, source)
    assert fates(source) == {"new": 1}
    browser.post(f"/import/{source.pk}/check/", {"match": "update"})
    source.refresh_from_db()
    assert fates(source) == {"problem": 1}


def test_nobody_puts_cells_of_others_right(as_: Any) -> None:
    browser = as_("giulia")
    source = prepared(browser, LIST, **THREE)
    check(browser, source)
    base = f"/import/{source.pk}/"
    for address in ("cell/4/2/", "fix-all/", "leave-out/", "duplicates/", "duplicates/all/", "run/", "mend/"):
        assert as_("luca").post(base + address, {"value": "BS"}).status_code == 404
    for wrong in ("cell/99/2/", "cell/4/77/", "cell/1/0/"):
        assert browser.post(base + wrong, {"value": "x"}).status_code == 404
    assert fates(source) == {"new": 2, "problem": 2}
