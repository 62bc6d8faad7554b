import datetime as dt

import pytest
import xlsxwriter

from fedele.records.reading import UnreadableFile, open_table, parse_decimal
from fedele.records.reading.tests.files import CELL, archive, open_document, workbook_parts


def refusal(path, **options) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(open_table(path, path.name, **options).rows())
    return caught.value.message


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        first = workbook.add_worksheet("Customers")
        first.write(0, 1, "Customers at the end of the year")
        first.write_row(2, 1, ["Name", "Postcode", "Amount", "Since", "Seen", "VAT", "Customer", ""])
        for row, name in enumerate(["Anna", "Luca"], start=3):
            first.write_string(row, 1, name)
            first.write_string(row, 2, "00154")
            first.write_number(row, 3, 1234.5)
            first.write_datetime(row, 4, dt.date(2026, 4, 3), day)
            first.write_datetime(row, 5, dt.datetime(2026, 4, 3, 9, 5), moment)  # noqa: DTZ001 (a sheet knows no zones)
            first.write_number(row, 6, 12345678901)
            first.write_boolean(row, 7, row == 3)
        first.write_formula(6, 1, '="An"&"na"', None, "Anna")
        first.write_formula(6, 2, "=NA()", None, "#N/A")
        second = workbook.add_worksheet("Others")
        second.write_column(0, 0, ["Town", "Brescia"])
        workbook.add_worksheet("Nothing")
    return path


def test_cells_as_the_user_sees_them(book):
    table = open_table(book, "book.xlsx")
    assert (table.kind, table.sheets, table.sheet, table.header_row) == (
        "xlsx", ("Customers", "Others", "Nothing"), "Customers", 3,
    )  # fmt: skip
    assert table.headers == ["Name", "Postcode", "Amount", "Since", "Seen", "VAT", "Customer"]
    rows = list(table.rows())
    assert rows[0] == (4, ["Anna", "00154", "1234,5", "2026-04-03", "2026-04-03 09:05", "12345678901", "TRUE"], "")
    assert [row.line for row in rows] == [4, 5, 7]
    assert rows[2].cells == ["Anna", "", "", "", "", "", ""]
    assert list(table.rows()) == rows
    assert table.row_count == 4


def test_fractions_follow_the_tables_decimal_mark(book):
    for mark in ",.":
        table = open_table(book, "book.xlsx", decimal=mark)
        value = next(table.rows()).cells[2]
        assert (value, parse_decimal(value, mark)) == (f"1234{mark}5", parse_decimal("1234.5", "."))


def test_choice_of_sheet(book):
    table = open_table(book, "book.xlsx", sheet="Others")
    assert (table.headers, [row.cells for row in table.rows()]) == (["Town"], [["Brescia"]])
    assert "is empty" in refusal(book, sheet="Nothing")
    assert "“Invoices”" in refusal(book, sheet="Invoices")


def test_an_uploaded_file_without_a_path(book):
    with book.open("rb") as upload:
        assert len(list(open_table(upload, "book.xlsx").rows())) == 3


def test_a_great_number_keeps_its_digits(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet().write_column(0, 0, ["n", 1e20, 0.1 + 0.2, 1.5e-7, -3.0, 123456789012345])
    assert [row.cells[0] for row in open_table(path, decimal=".").rows()] == [
        "100000000000000000000", "0.3", "0.00000015", "-3", "123456789012345",
    ]  # fmt: skip


def test_far_away_cell_does_not_take_the_memory(tmp_path):
    near, far = CELL.format(ref="A1", text="a"), CELL.format(ref="XFD1048576", text="b")
    rows = f'<row r="1">{near}</row><row r="1048576">{far}</row>'
    assert "CSV" in refusal(archive(tmp_path, workbook_parts(rows)))


def test_one_long_text_used_a_hundred_thousand_times(tmp_path):
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    path = archive(tmp_path, workbook_parts(cells, f"<si><t>{'x' * 32_000}</t></si>"))
    assert "CSV" in refusal(path)


def test_zip_bomb_is_seen_before_it_is_unpacked(tmp_path):
    parts = workbook_parts("") | {"xl/worksheets/sheet1.xml": " " * 30_000_000}
    assert "too big when unpacked" in refusal(archive(tmp_path, parts))


def test_entities_are_not_expanded(tmp_path):
    doctype = '<!DOCTYPE x [<!ENTITY a "AAAA"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    rows = "".join(
        "<table:table-row><table:table-cell office:value-type='string'>"
        f"<text:p>{text}</text:p></table:table-cell></table:table-row>"
        for text in ("name", "x &a; &f; y")
    )
    path = open_document(tmp_path, rows, doctype)
    try:
        cells = [row.cells for row in open_table(path, "book.ods").rows()]
    except UnreadableFile:
        return
    assert "AAAA" not in str(cells)
    assert "root:" not in str(cells)


def test_open_document(tmp_path):
    def row(*cells):
        inner = "".join(f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>" for kind, text in cells)
        return f"<table:table-row>{inner}</table:table-row>"

    text = 'office:value-type="string"'
    rows = row((text, "Name"), (text, "Amount"), (text, "Since")) + row(
        (text, "Anna"),
        ('office:value-type="float" office:value="12"', "12"),
        ('office:value-type="date" office:date-value="2026-04-03"', "03/04/2026"),
    )
    table = open_table(open_document(tmp_path, rows), "book.ods")
    assert (table.kind, table.headers) == ("ods", ["Name", "Amount", "Since"])
    assert next(table.rows()).cells[:2] == ["Anna", "12"]
    assert next(table.rows()).cells[2].startswith("2026-04-03")


def test_macros_and_formulas_are_data(tmp_path):
    rows = f'<row r="1">{CELL.format(ref="A1", text="name")}</row><row r="2">{CELL.format(ref="A2", text="=1+1")}</row>'
    path = archive(tmp_path, workbook_parts(rows) | {"xl/vbaProject.bin": "macro"}, "book.xlsm")
    assert [row.cells for row in open_table(path, "book.xlsm").rows()] == [["=1+1"]]


def test_other_archives_are_named(tmp_path):
    assert "a text document" in refusal(archive(tmp_path, {"word/document.xml": "<w/>"}, "letter.docx"))
    assert "a presentation" in refusal(archive(tmp_path, {"ppt/presentation.xml": "<p/>"}, "slides.pptx"))
    assert "a compressed archive" in refusal(archive(tmp_path, {"../../x.csv": "a;b"}, "list.zip"))


def test_too_many_columns(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for line in range(2):
            sheet.write_row(line, 0, [f"c{n}" for n in range(1200)])
    assert "columns" in refusal(path)


def test_a_spreadsheet_cut_short(book, tmp_path):
    content = book.read_bytes()
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(content[: len(content) // 2])
    assert "damaged" in refusal(torn)
