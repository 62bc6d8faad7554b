import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedele.search import normalise
from fedele.search.words import document, ordinary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNITA'", "unita"),
        ("Unità", "unita"),
        ("Dell’Acqua S.r.l.", "dellacqua srl"),
        ("Dell'Acqua srl", "dellacqua srl"),
        ("S.P.A. & C.", "spa c"),
        ("TR-2026-0412  Guasto!", "tr-2026-0412 guasto"),
        ("Müller Søn, ﬁne", "muller son fine"),
        ("mario.rossi@aurora.it", "mario.rossi@aurora.it"),
        ("Ros\u00adsi \u202eoilgaM", "rossi oilgam"),
        ("\0 \ud800 — %", ""),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_a_word_is_kept_with_the_ways_to_type_it() -> None:
    title, name, words = document("TR-2026-0412", "+39 030 123456")
    found, _, ways = words.partition("|")
    assert (title, name) == ("TR-2026-0412", "tr-2026-0412")
    assert found.split() == ["tr-2026-0412", "39", "030", "123456"]
    assert sorted(ways.split()) == sorted(
        "2026-0412 20260412 0412 412 tr20260412 39030123456 030123456 30123456 0123456 23456".split()
    )


def test_the_vocabulary_is_of_words_with_letters() -> None:
    _, _, words = document("Trattativa MX500-A", "info7@officineaurora.it 030 123456 di")
    assert ordinary(words) == {"trattativa", "mx500", "officineaurora"}


@given(st.text(max_size=300))
def test_what_is_normalised_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=300), st.text(max_size=300))
def test_all_words_stand_between_blanks(title: str, body: str) -> None:
    _, _, words = document(title, body)
    assert words == f" {' '.join(words.split())} "
    assert words.split().count("|") == 1
