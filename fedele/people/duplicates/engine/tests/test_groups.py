from __future__ import annotations

from fedele.people.duplicates.engine import groups


def test_pairs_that_belong_together_are_one_group():
    assert groups([("a", "b", 0.99), ("b", "c", 0.98), ("a", "c", 0.97), ("x", "y", 0.9)]) == [
        ["a", "b", "c"],
        ["x", "y"],
    ]


def test_weak_links_make_no_chain():
    assert groups([("a", "b", 0.95), ("b", "c", 0.6), ("c", "d", 0.95)]) == [["a", "b"], ["c", "d"]]


def test_who_is_certainly_different_stays_apart():
    pairs = [("a", "b", 0.99), ("b", "c", 0.98)]
    assert groups(pairs, differ=lambda one, other: {one, other} == {"a", "c"}) == [["a", "b"]]
    assert groups(pairs, differ=lambda one, other: False) == [["a", "b", "c"]]


def test_the_surest_pair_decides_about_who_is_claimed_twice():
    assert groups([("a", "b", 0.7), ("b", "c", 0.95)]) == [["b", "c"]]


def test_no_pairs_no_groups():
    assert groups([]) == []
