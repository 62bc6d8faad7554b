"""A large invented archive for measuring: people straight into the table of contacts, some of them twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from benchmarks.dirty import Dirt, surnames
from fedele.demo.names import MEN, WOMEN

_VOWELS, _CONSONANTS = "aeiou", "bcdfglmnprstvz"


def person(chance: random.Random, families: list[str], towns: list[tuple[str, str, str]]) -> dict[str, Any]:
    given, family = chance.choice((MEN, WOMEN)[chance.random() < 0.5]), chance.choice(families)
    town, code, province = chance.choice(towns)
    mail = f"{given}.{family}{chance.randrange(10**4)}@example.net".lower().replace(" ", "").replace("'", "")
    return {
        "first_name": given, "last_name": family, "city": town, "postcode": code, "province": province, "country": "IT",
        "street": f"Via {chance.choice(families)}, {chance.randrange(1, 120)}" if chance.random() < 0.5 else "",
        "phone": f"+390{chance.randrange(10**7, 10**9)}" if chance.random() < 0.4 else "",
        "mobile": f"+393{chance.randrange(10**8, 10**9)}" if chance.random() < 0.5 else "",
        "email": mail if chance.random() < 0.5 else "",
    }  # fmt: skip


def archive(count: int, seed: int = 11) -> Iterator[dict[str, Any]]:
    """`count` different people: 8,000 towns, and surnames as unevenly spread as they are."""
    chance = random.Random(seed)
    families, towns = population(seed)
    for _ in range(count):
        yield person(chance, families, towns)


def population(seed: int) -> tuple[list[str], list[tuple[str, str, str]]]:
    dirt = Dirt(seed)
    rare = surnames(dirt, 40_000)
    common = rare[:300]
    families = common * 60 + rare  # A third of the people share three hundred surnames.
    codes = (f"{dirt.chance.randrange(10, 98)}{dirt.chance.randrange(1000):03}" for _ in range(8_000))
    return families, [(_town(dirt.chance), code, "MI") for code in codes]


def _town(chance: random.Random) -> str:
    return "".join(
        chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(2, 5))
    ).capitalize()


def soiled(dirt: Dirt, row: dict[str, Any]) -> dict[str, Any]:
    """As somebody else wrote the same person down."""
    other = dict(row)
    if dirt.does(0.1):
        other["first_name"], other["last_name"] = row["last_name"], row["first_name"]
    for name in ("first_name", "last_name", "city", "street"):
        if dirt.does(0.2):
            other[name] = dirt.slip(other[name])
    for name in ("phone", "mobile", "email", "street", "postcode"):
        if dirt.does(0.3):
            other[name] = ""
    return other
