from __future__ import annotations

import random

from fedele.people.duplicates.engine import NO, Identity, Profile, Rarity, judge
from fedele.people.duplicates.engine.blocks import pairs_between, pairs_within

GIVEN = "Mario Luca Anna Carlo Paolo Giulia Marta Franco Elena Dario Piero Rita Ugo Olga Ivo Nadia Silvio Renzo".split()


def rossi(count: int) -> list[Identity]:
    """So many of one surname; every thousandth stands there twice."""
    chance = random.Random(7)
    made = []
    for number in range(count):
        one = Identity(
            ref=number, given=chance.choice(GIVEN), surname="Rossi", phones=[f"3{chance.randrange(10**8, 10**9)}"],
            emails=[f"rossi{number}@example.net"], city=f"Borgo {chance.randrange(300)}", postcode=f"{chance.randrange(300):05}",
        )  # fmt: skip
        made.append(one)
        if number % 1_000 == 0:
            made.append(Identity(ref=-number - 1, given=one.given[0] + ".", surname="Rosi", phones=one.phones))
    return made


def test_fifty_thousand_of_one_surname_are_not_compared_all_with_all():
    profiles = [Profile(one) for one in rossi(50_000)]
    compared, found = 0, set()
    rarity = Rarity.of(profiles)
    for at, others in pairs_within(profiles):
        compared += len(others)
        for other in others:
            if judge(profiles[other], profiles[at], rarity)[1] != NO:
                found.add((profiles[other].identity.ref, profiles[at].identity.ref))
    assert {(number, -number - 1) for number in range(0, 50_000, 1_000)} <= found
    assert compared < 50_000 * 150


def test_every_pair_comes_once():
    profiles = [Profile(one) for one in rossi(1_200)]
    pairs = [(at, other) for at, others in pairs_within(profiles) for other in others]
    assert len(pairs) == len(set(pairs))
    assert all(other < at for at, other in pairs)


def test_two_files_are_compared_across_only():
    ours = [Profile(Identity(ref="a", given="Mario", surname="Rossi", emails=["m@x.it"]))]
    theirs = [Profile(Identity(ref=name, surname="Rossi", emails=[name])) for name in ("m@x.it", "n@y.it")]
    assert [(profile.identity.ref, places) for profile, places in pairs_between(ours, theirs)] == [("m@x.it", [0])]
