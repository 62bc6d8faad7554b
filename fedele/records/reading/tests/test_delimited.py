import csv
import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedele.records.reading import UnreadableFile, open_table
from fedele.records.reading.delimited import MAX_CELL
from fedele.records.reading.tests.files import csv_text, text_file


def read(folder, content, encoding="utf-8", **options):
    table = open_table(text_file(folder, content, encoding=encoding), "list.csv", **options)
    return table, list(table.rows())


def refusal(folder, content, name="list.csv", **options) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(open_table(text_file(folder, content, name), name, **options).rows())
    return caught.value.message


PEOPLE = [["Nome", "Città", "Nota"], ["Anna", "Forlì", 'detta "la rossa"'], ["Luca", "Cefalù", "due\r\nrighe"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    table, rows = read(tmp_path, csv_text(PEOPLE, delimiter), encoding)
    assert (table.headers, table.delimiter) == (PEOPLE[0], delimiter)
    assert [row.cells for row in rows] == [PEOPLE[1], ["Luca", "Cefalù", "due\nrighe"]]
    assert [row.line for row in rows] == [2, 3]
    assert table.encoding == {"utf-8-sig": "utf-8-sig", "utf-16": "utf-16"}.get(encoding, encoding)


cell = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85"), max_size=12
)
rows_of = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=8)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(rows_of, st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.booleans())
def test_what_is_written_is_read_back(tmp_path, rows, delimiter, encoding, quote_all):
    header = [f"name {letter}" for letter in "abcdef"[: len(rows[0])]]
    content = csv_text([header, *rows], delimiter, csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return
    table, read_back = read(tmp_path, content, encoding, delimiter=delimiter, header_row=1)
    assert table.headers == header
    assert [(row.cells, row.problem) for row in read_back] == [(row, "") for row in filled]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path, content):
    try:
        _table, rows = read(tmp_path, content)
    except UnreadableFile:
        return
    assert all(row.line > 0 for row in rows)


def test_first_accent_after_three_thousand_rows(tmp_path):
    rows = [["name", "town"], *[["Rossi", "Roma"]] * 3000, ["Nicolò", "Forlì"]]
    table, read_rows = read(tmp_path, csv_text(rows), "cp1252")
    assert table.encoding == "cp1252"
    assert read_rows[-1].cells == ["Nicolò", "Forlì"]


def test_mixed_encodings_are_told(tmp_path):
    table, _rows = read(tmp_path, "name;town\nNicolò;Roma\n".encode() + "Anna;Forlì\n".encode("cp1252"))
    assert (table.encoding, len(table.warnings)) == ("cp1252", 1)


def test_the_users_encoding_is_believed(tmp_path):
    text = "name;town\nNicolò;Roma\n"
    table = open_table(text_file(tmp_path, text, encoding="mac_roman"), encoding="mac_roman")
    assert (next(table.rows()).cells, table.warnings) == (["Nicolò", "Roma"], [])
    table = open_table(text_file(tmp_path, text, encoding="cp1252"), encoding="utf-8")
    assert (next(table.rows()).cells, len(table.warnings)) == (["Nicol�", "Roma"], 1)
    assert "“klingon”" in refusal(tmp_path, "a;b\n1;2\n", encoding="klingon")
    assert "“zip”" in refusal(tmp_path, "a;b\n1;2\n", encoding="zip")


def test_header_with_line_breaks_empty_and_doubled_names(tmp_path):
    content = 'Code;"Name of the\r\n unit  (1)";;name;Name\r\n1;x;y;z;w\r\n'
    table, rows = read(tmp_path, content, "cp1252")
    assert table.headers == ["Code", "Name of the unit (1)", "Column 3", "name", "Name (2)"]
    assert (rows[0].line, rows[0].cells) == (3, ["1", "x", "y", "z", "w"])


def test_lines_are_counted_through_embedded_breaks_and_blank_lines(tmp_path):
    content = 'a;b\r\n1;"x\r\ny\r\nz"\r\n\r\n2;w\r\n;\r\n3;v'
    _table, rows = read(tmp_path, content)
    assert [(row.line, row.cells) for row in rows] == [(2, ["1", "x\ny\nz"]), (6, ["2", "w"]), (8, ["3", "v"])]


def test_declared_delimiter(tmp_path):
    table, rows = read(tmp_path, "sep=|\r\na,b|c\r\n1,2|3\r\n")
    assert (table.delimiter, table.headers, rows[0].line) == ("|", ["a,b", "c"], 3)


def test_titles_above_the_header_are_passed_over(tmp_path):
    table, rows = read(tmp_path, "Customers at 31/12\n\nname;town;phone\nAnna;Roma;06 1\nLuca;Forlì;0543 1\n")
    assert (table.header_row, table.headers, len(rows)) == (3, ["name", "town", "phone"], 2)


def test_no_header(tmp_path):
    content = "Anna;anna@example.it;25121\nLuca;luca@example.it;20121\n"
    table, rows = read(tmp_path, content)
    assert (table.header_row, table.headers, len(rows)) == (0, ["Column 1", "Column 2", "Column 3"], 2)
    table, rows = read(tmp_path, content, header_row=1)
    assert (table.headers, len(rows)) == (["Anna", "anna@example.it", "25121"], 1)


def test_one_column_with_commas_is_one_column(tmp_path):
    table, rows = read(tmp_path, "Nominativo\nRossi, Mario\nBianchi, Anna\nVerdi, Luca\n")
    assert (table.headers, rows[0].cells) == (["Nominativo"], ["Rossi, Mario"])


def test_comma_in_the_values_of_a_semicolon_file(tmp_path):
    table, _rows = read(tmp_path, "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n")
    assert (table.delimiter, table.decimal) == (";", ",")


def test_rows_of_another_length_are_problems_with_their_line(tmp_path):
    _table, rows = read(tmp_path, "a;b;c\n1;2;3\n1;2\n1;2;3;\n1;2;3;4\n1;2;3\n")
    assert [row.line for row in rows if row.problem] == [3, 5]
    assert [row.cells for row in rows if not row.problem] == [["1", "2", "3"]] * 3
    assert "has 2 values, the header has 3" in rows[1].problem


def test_nameless_columns_at_the_end_count_only_when_filled(tmp_path):
    assert read(tmp_path, "a;b;;\n1;2;;\n1;2;;\n")[0].headers == ["a", "b"]
    assert read(tmp_path, "a;b;;\n1;2;;\n1;2;3;\n")[0].headers == ["a", "b", "Column 3"]


def test_nul_characters_cost_their_row_only(tmp_path):
    _table, rows = read(tmp_path, "a;b\n1;2\n3;\0\n5;6\n")
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, False), (3, True), (4, False)]


def test_a_quote_never_closed_costs_its_line_only(tmp_path):
    content = 'a;b\n1;2\n3;"four\n5;6\n7;8\n'
    _table, rows = read(tmp_path, content)
    assert [(row.line, row.cells) for row in rows if not row.problem] == [
        (2, ["1", "2"]),
        (4, ["5", "6"]),
        (5, ["7", "8"]),
    ]
    assert [(row.line, row.problem) for row in rows if row.problem] == [
        (3, "A quotation mark opened in line 3 is never closed.")
    ]


def test_nothing_after_an_unclosed_quote_is_lost_in_a_long_file(tmp_path):
    lines = ["a;b", *[f"{n};some text of the row" for n in range(20_000)]]
    lines[100] = '99;"open'
    lines[15_000] = '14999;"open'
    _table, rows = read(tmp_path, "\n".join(lines))
    assert len(rows) == 20_000
    assert [row.line for row in rows if row.problem] == [101, 15_001]
    assert rows[-1] == (20_001, ["19999", "some text of the row"], "")


def test_quotes_gone_wild_end_the_reading(tmp_path):
    block = '"' + ("x" * 1000 + "\n") * (MAX_CELL // 1000 + 1)
    assert "never closed" in refusal(tmp_path, "a;b\n" + block * 150)


def test_quotes_inside_a_value_are_text(tmp_path):
    _table, rows = read(tmp_path, 'a;b\nDitta "Rossi" srl;x\n"Rossi" srl;y\n')
    assert [row.cells for row in rows] == [['Ditta "Rossi" srl', "x"], ["Rossi srl", "y"]]


def test_a_value_too_long_is_a_problem_and_a_line_too_long_is_refused(tmp_path):
    _table, rows = read(tmp_path, "a;b\n1;2\n3;" + "x" * (MAX_CELL + 1) + "\n5;6\n")
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, False), (3, True), (4, False)]
    assert "Line 2 is longer" in refusal(tmp_path, b"a;b\n1;" + b"x" * 50_000_000)


def test_columns_are_limited(tmp_path):
    def wide(count):
        return csv_text([[f"c{n}" for n in range(count)], ["v"] * count])

    table, rows = read(tmp_path, wide(1000))
    assert (len(table.headers), len(rows)) == (1000, 1)
    assert "5000 columns" in refusal(tmp_path, wide(5000))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "list.csv", "is empty"),
        (b"\n\r\n  \n", "list.csv", "is empty"),
        (b"\xef\xbb\xbf", "list.csv", "is empty"),
        (b"name;town\n", "list.csv", "no rows below the header"),
        (b"name;town\n;\n", "list.csv", "no rows below the header"),
        (b"%PDF-1.7 ...", "list.csv", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n...", "list.csv", "an image"),
        (b"<!DOCTYPE html><table>", "list.xls", "a web page"),
        (b"PK\x03\x04 torn", "list.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "list.xls", "a damaged spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "list.xlsx", "password"),
        (random.Random(1).randbytes(5000), "list.csv", "not a text file"),
        (b"\0" * 5000, "list.csv", "not a text file"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, content, name, words):
    assert words in refusal(tmp_path, content, name)


def test_size_limit_and_files_in_memory(tmp_path):
    assert "bigger than 1 MB" in refusal(tmp_path, b"a;b\n" * 400_000, max_bytes=1 << 20)
    upload = io.BytesIO(b"a;b\n1;2\n")
    upload.read()
    table = open_table(upload, "list.csv")
    assert [row.cells for row in table.rows()] == [["1", "2"]]
    assert [row.cells for row in table.rows()] == [["1", "2"]]
    with pytest.raises(UnreadableFile, match="bigger"):
        open_table(io.BytesIO(b"a;b\n" * 400_000), "list.csv", max_bytes=1 << 20)


def test_sample_and_rows_can_be_asked_for_again_and_again(tmp_path):
    content = csv_text([["n", "m"], *[[str(n), "x"] for n in range(6000)]])
    table, rows = read(tmp_path, content)
    assert [row.cells[0] for row in table.sample(3)] == ["0", "1", "2"]
    assert [row.cells[0] for row in rows] == [str(n) for n in range(6000)]
    assert list(table.rows()) == rows
    assert (table.line_count, table.row_count) == (6001, 6000)


def test_a_file_that_is_not_there(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableFile, match="cannot be opened"):
            open_table(path)


def test_hostile_text_is_text(tmp_path):
    hostile = ["<script>alert(1)</script>", "=1+1", "{{7*7}}", "\u202eabc"]
    _table, rows = read(tmp_path, csv_text([["a", "b", "c", "d"], hostile]))
    assert rows[0].cells == hostile
