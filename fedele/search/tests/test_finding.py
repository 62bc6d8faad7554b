import pytest

from fedele.search import candidates, find, index, reading

pytestmark = pytest.mark.usefixtures("people")


def found(text: str, *record_types: str) -> list[int]:
    return [hit.record_id for hit in find(text, record_types=record_types or ("person",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mario rossi", [1]),
        ("rossi mario", [1]),
        ("Ma ros", [1]),
        ("ROSSI brescia", [1, 3]),
        ("dangelo", [4]),
        ("d'angelo", [4]),
        ("D’Angelo luca", [4]),
        ("angelo", [4]),
        ("unita' sanitaria", [5]),
        ("niccolo", [6]),
        ("nessuno", []),
    ],
)
def test_every_word_is_a_beginning(text: str, expected: list[int]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["030123456", "30123", "+39 030 123456", "0039 030 123456", "+39030123456", "030-12 34 56", "123456", "39030"],
)
def test_a_telephone_number_however_it_is_typed(text: str) -> None:
    assert found(text)[0] == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mario.rossi@officine-aurora.it", 1),
        ("mario.rossi@off", 1),
        ("@officine-aurora.it", 1),
        ("aurora.it", 1),
        ("officine aurora srl", 1),
        ("S.R.L.", 1),
        ("IT01234567890", 5),
        ("01234567890", 5),
        ("3481234567", 4),
    ],
)
def test_addresses_and_numbers(text: str, expected: int) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize("text", ["TR-2026-0412", "tr 2026 0412", "2026-0412", "0412", "412", "tr20260412"])
def test_the_number_of_a_record(text: str) -> None:
    assert found(text, "ticket") == [1]


def test_other_forms_of_a_word() -> None:
    assert found("trattative", "ticket") == [1]
    assert found("fatture perdite", "ticket") == [2]


def test_a_hyphen_may_be_missing_or_too_much() -> None:
    assert found("mario-rossi") == [1]


def test_part_of_a_word() -> None:
    assert found("ossan") == [3]
    assert found("errar") == [2]
    assert found("spos nna") == [6]


@pytest.mark.parametrize(
    ("text", "expected"), [("rosi mario", [1]), ("ferrri", [2]), ("giulai", [2]), ("espsoito", [6]), ("amrio", [1])]
)
def test_misspelt(text: str, expected: list[int]) -> None:
    assert found(text) == expected


def test_a_short_word_may_have_one_slip_only() -> None:
    assert found("lxxa") == []


def test_the_title_counts_more_than_the_rest() -> None:
    index.put("person", [(7, "Rossi", ""), (8, "Rossi Impianti", ""), (9, "Impianti Rossi", "")])
    assert found("rossi") == [7, 8, 1, 9, 3]


def test_all_types_at_once() -> None:
    index.put("company", [(1, "Rossi Pompe", "")])
    assert {(hit.record_type, hit.record_id) for hit in find("pompa")} == {("ticket", 1), ("company", 1)}
    assert find("mario rossi")[0].title == "Mario Rossi"
    assert find("mario rossi", record_types=["ticket"]) == []


def test_no_more_than_the_limit() -> None:
    index.put("person", [(100 + n, f"Conti {n:02}", "") for n in range(30)])
    assert len(find("conti", limit=12)) == 12
    assert sorted(candidates("conti", "person")) == list(range(100, 130))


def test_each_type_has_room() -> None:
    index.put("company", [(n, f"Conti {n:02}", "") for n in range(1, 31)])
    index.put("person", [(7, "Paolo Conti", "")])
    assert [hit.record_type for hit in find("conti", limit=4)] == ["company", "company", "company", "person"]


def test_a_frequent_word_beside_a_rare_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "READ", 30)
    index.put("company", [(n, f"Ditta {n}", "Srl Brescia") for n in range(1, 101)])
    index.put("company", [(7, "Pompe Aurora", "Srl Brescia"), (8, "Pompe Bassa", "Spa Brescia")])
    assert found("srl pompe brescia", "company") == [7]
    assert found("pompe brescia", "company") == [8, 7]
    assert len(found("srl brescia", "company")) == 50


def test_with_enough_hits_only_what_was_typed() -> None:
    index.put("person", [(100 + n, f"Ossido {n:02}", "") for n in range(20)])
    assert set(found("oss")) == set(range(100, 120))
