import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedele.records.reading import UnreadableFile, open_table
from fedele.records.reading.tests.files import text_file

THREE = """BEGIN:VCARD
VERSION:3.0
N:Rossi;Giulia;Maria;Dott.ssa;
FN:Dott.ssa Giulia Rossi
ORG:Officine Aurora S.r.l.;Vendite;Nord
TITLE:Responsabile vendite
item1.TEL;type=WORK;type=VOICE:030 3545678
item1.X-ABLabel:ufficio
TEL;TYPE=CELL:+39 335 1234567
TEL;TYPE="fax,work":030 3545679
EMAIL;TYPE=INTERNET,PREF:giulia@example.it
EMAIL:g.rossi@example.it
ADR;TYPE=WORK:;;Via Torino 1\\, int. 2;Brescia;BS;25121;Italia
ADR;TYPE=HOME:;;Via Roma 3;Milano;MI;20121;Italia
URL:https://example.it
BDAY:1980-01-31
CATEGORIES:Clienti,Fiera
NOTE:Prima riga\\nseconda\\; riga \\\\ fine, che è lunga e viene
  piegata
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ
 AAAQABAAD
END:VCARD
"""
TWO = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Nicol=F2;Luca\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Luca =\r\nNicol=C3=B2\r\nTEL;WORK;VOICE:030 1\r\nTEL;HOME:030 2\r\n"
    "EMAIL;PREF;INTERNET:luca@example.it\r\nEND:VCARD\r\n"
)
FOUR = """BEGIN:VCARD
VERSION:4.0
FN:Anna Bianchi
TEL;VALUE=uri;TYPE="voice,cell":tel:+39-335-7654321
EMAIL:mailto:anna@example.it
END:VCARD
"""


def cards(folder, content, **options):
    table = open_table(text_file(folder, content, "cards.vcf"), "cards.vcf", **options)
    assert table.kind == "vcard"
    return [
        (row.line, {name: cell for name, cell in zip(table.headers, row.cells, strict=True) if cell})
        for row in table.rows()
    ]


def test_version_three(tmp_path):
    [(line, card)] = cards(tmp_path, THREE)
    assert line == 1
    assert card == {
        "Full name": "Dott.ssa Giulia Rossi", "Prefix": "Dott.ssa", "First name": "Giulia", "Middle name": "Maria",
        "Last name": "Rossi", "Organisation": "Officine Aurora S.r.l.", "Department": "Vendite, Nord",
        "Job title": "Responsabile vendite", "Work phone": "030 3545678", "Mobile phone": "+39 335 1234567",
        "Fax": "030 3545679", "E-mail": "giulia@example.it", "E-mail 2": "g.rossi@example.it",
        "Street": "Via Torino 1, int. 2", "City": "Brescia", "Province": "BS", "Postcode": "25121", "Country": "Italia",
        "Home street": "Via Roma 3", "Home city": "Milano", "Home province": "MI", "Home postcode": "20121",
        "Home country": "Italia", "Web site": "https://example.it", "Birthday": "1980-01-31",
        "Categories": "Clienti, Fiera",
        "Note": "Prima riga\nseconda; riga \\ fine, che è lunga e viene piegata",
    }  # fmt: skip


def test_versions_two_and_four_in_one_file(tmp_path):
    assert cards(tmp_path, TWO + "\r\n" + FOUR) == [
        (1, {
            "Full name": "Luca Nicolò", "First name": "Luca", "Last name": "Nicolò", "E-mail": "luca@example.it",
            "Work phone": "030 1", "Home phone": "030 2",
        }),
        (11, {"Full name": "Anna Bianchi", "Mobile phone": "+39-335-7654321", "E-mail": "anna@example.it"}),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path, encoding):
    content = "BEGIN:VCARD\nVERSION:3.0\nFN:Nicolò Forlì\nEND:VCARD\n".encode(encoding)
    assert cards(tmp_path, content) == [(1, {"Full name": "Nicolò Forlì"})]


def test_hostile_content_is_text(tmp_path):
    content = "BEGIN:VCARD\nFN:<img src=x onerror=alert(1)>\nNOTE:{{7*7}}\\n=1+1\nSOUND:x\n:::\nEND:VCARD\n"
    assert cards(tmp_path, content) == [(1, {"Full name": "<img src=x onerror=alert(1)>", "Note": "{{7*7}}\n=1+1"})]


def test_separators_after_a_backslash_are_text(tmp_path):
    content = "BEGIN:VCARD\nORG:Rossi\\; Bianchi\\\\;Vendite\\, Italia;\nN:Del\\;Re;Anna\nEND:VCARD\n"
    [(_line, card)] = cards(tmp_path, content)
    assert card == {
        "Organisation": "Rossi; Bianchi\\", "Department": "Vendite, Italia", "Last name": "Del;Re",
        "First name": "Anna",
    }  # fmt: skip


def test_a_photograph_on_one_line_is_passed_over(tmp_path):
    content = "BEGIN:VCARD\nFN:Anna\nPHOTO;ENCODING=b:" + "A" * 6_000_000 + "\nTITLE:CEO\nEND:VCARD\n"
    assert cards(tmp_path, content) == [(1, {"Full name": "Anna", "Job title": "CEO"})]


def test_a_card_cut_short_is_a_problem(tmp_path):
    table = open_table(text_file(tmp_path, FOUR + "BEGIN:VCARD\nFN:Half", "cards.vcf"), "cards.vcf")
    assert [(row.line, bool(row.problem)) for row in table.rows()] == [(1, False), (7, True)]


def test_no_card(tmp_path):
    with pytest.raises(UnreadableFile):
        cards(tmp_path, "VCARD but none\n")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_lines_inside_a_card_are_read(tmp_path, lines):
    inside = "\n".join(line for line in lines if line.strip().upper() not in ("BEGIN:VCARD", "END:VCARD"))
    content = f"BEGIN:VCARD\n{inside}\nEND:VCARD\n".encode("utf-8", "replace")
    path = text_file(tmp_path, content, "cards.vcf")
    assert len(list(open_table(path, "cards.vcf").rows())) <= 1
