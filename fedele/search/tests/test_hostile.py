import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fedele.search import candidates, find, index

OPERATORS = [
    "%",
    "_",
    "'",
    '"',
    "\\",
    "\0",
    "*",
    "NEAR(",
    "-rossi",
    "rossi*",
    "a AND",
    "OR",
    "NOT",
    ":*",
    "&|!<->",
    "words:rossi",
    "^rossi",
    "{",
    "rossi''",
    "';--",
    "\ud800",
    "٣",
    "%s",
    "{0}",
]
typed = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from([*OPERATORS, "rossi", "ma", "030", "@", "."]), max_size=8).map(" ".join),
)
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


@pytest.mark.parametrize("text", OPERATORS)
def test_operators_are_plain_text(people, text: str) -> None:  # type: ignore[no-untyped-def]
    hits = find(f"{text} mario")
    assert {hit.record_id for hit in hits} <= {1}


def test_wildcards_find_nothing(people) -> None:  # type: ignore[no-untyped-def]
    assert find("%") == find("_") == find("*") == find('"') == find("") == find("  \0 ") == []


@given(typed)
@relaxed
def test_whatever_is_typed_is_answered(people, text: str) -> None:  # type: ignore[no-untyped-def]
    find(text)
    find(text, within={"person": None})


@given(st.text(max_size=200), st.text(max_size=400))
@relaxed
def test_whatever_is_kept_can_be_found_and_removed(people, title: str, body: str) -> None:  # type: ignore[no-untyped-def]
    index.put("thing", [(1, title, body)])
    for word in title.split()[:8]:
        if any(map(str.isalnum, word)):
            assert isinstance(candidates(word, "thing"), list)
    index.remove("thing", [1])
    assert candidates(title, "thing") == []


def test_a_megabyte_is_cut(people) -> None:  # type: ignore[no-untyped-def]
    for text in (
        "a" * 1_000_000,
        "rossi " * 200_000,
        "à" * 1_000_000,
        "1 " * 500_000,
        "a.b." * 250_000,
        "' " * 500_000,
    ):
        index.put("thing", [(1, text, text)])
        find(text)
    assert find("rossi " * 200_000)
