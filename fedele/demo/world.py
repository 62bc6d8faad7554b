"""What every block needs to know: a plain value that travels to the processes that make the rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from fedele.demo.days import Days

#: Companies of a block. A block depends on the seed, on the day and on its number only, never on how it is loaded.
BLOCK = 500
#: Ids set aside for the journal entries and the conversions of one block; it needs fewer.
ENTRIES, BATCHES = 16_000, 200
OPPORTUNITIES_PER_COMPANY = 2.5
#: People known in twenty companies, from the smallest to the largest: three each on average.
_PEOPLE = (1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6)


@dataclass(frozen=True)
class Stage:
    id: int
    name: str
    probability: int
    #: How long an opportunity usually stays in it.
    days: int


@dataclass(frozen=True)
class World:
    seed: int
    customers: int
    today: dt.date
    #: Key of a colleague → (user id, team id)
    people: dict[str, tuple[int, int | None]]
    process_id: int
    stages: tuple[Stage, ...]
    currency: str
    #: Highest ids in use before: of entries and batches.
    entry: int = 0
    batch: int = 0
    #: Record type → (fields of the title, further fields) of the search index; empty when it is filled otherwise.
    searched: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)

    @property
    def blocks(self) -> int:
        return -(-self.customers // BLOCK)

    def size(self, block: int) -> int:
        """How many companies are in a block; all but the last have the same."""
        return min(BLOCK, self.customers - block * BLOCK)


def people_in(companies: int) -> list[int]:
    """How many people are known in each company of a block, fewest first."""
    counts = _PEOPLE * (companies // len(_PEOPLE) + 1)
    return sorted(counts[:companies]) if companies % len(_PEOPLE) == 0 else sorted(_spread(counts, companies))


def _spread(counts: tuple[int, ...], companies: int) -> list[int]:
    """Whole twenties, and of one more those at even distances, so that the average stays the same."""
    rest = companies % len(_PEOPLE)
    return [*counts[: companies - rest], *(_PEOPLE[(2 * at + 1) * len(_PEOPLE) // (2 * rest)] for at in range(rest))]


def opportunities_in(companies: int) -> int:
    return int(companies * OPPORTUNITIES_PER_COMPANY)


class Numbers:
    """TR-2026-0412: opportunities are numbered by year in the order of their days, over all blocks and without gaps.

    Every block has the same number of them on each day, so each can tell its numbers without asking the others.
    """

    def __init__(self, world: World, days: Days) -> None:
        full, last = world.customers // BLOCK, world.customers % BLOCK
        self._of_full = Counter(days.demand(opportunities_in(BLOCK))) if full else Counter()
        of_last = Counter(days.demand(opportunities_in(last))) if last else Counter()
        self._starts: dict[int, int] = {}
        self.last: dict[int, int] = {}
        for day in sorted({*self._of_full, *of_last}):
            year = days.dates[day].year
            self._starts[day] = self.last.get(year, 0)
            self.last[year] = self._starts[day] + full * self._of_full[day] + of_last[day]

    def first(self, block: int, day: int) -> int:
        """The number before the first one this block gives on `day`."""
        return self._starts[day] + block * self._of_full[day]


@lru_cache(maxsize=4)
def days_until(today: dt.date) -> Days:
    return Days(today)


@lru_cache(maxsize=4)
def _numbers(today: dt.date, customers: int) -> Numbers:
    # Numbers depend on these two only; a World with nobody in it will do.
    world = World(seed=0, customers=customers, today=today, people={}, process_id=0, stages=(), currency="")
    return Numbers(world, days_until(today))


def numbers_of(world: World) -> Numbers:
    return _numbers(world.today, world.customers)


#: Lists of names that were bought or collected, and loaded: share of the three years gone by, name, where from.
LISTS = (
    (0.06, "elenco_industria_1.csv", "list"), (0.2, "espositori_lamiera.xlsx", "fair"),
    (0.35, "visitatori_mecspe.xlsx", "fair"), (0.52, "elenco_industria_2.csv", "list"),
    (0.68, "bimu_biglietti.vcf", "fair"), (0.83, "visitatori_mecspe_2.xlsx", "fair"),
    (0.965, "elenco_industria_3.csv", "list"),
)  # fmt: skip
OLD_COMPANIES, OLD_PEOPLE = "clienti_vecchio_gestionale.xlsx", "referenti_vecchio_gestionale.xlsx"
#: Batches made before any block's own: two of the old archive, then the lists.
SHARED_BATCHES = 2 + len(LISTS)


def list_days(days: Days) -> list[int]:
    return [days.working(int(share * days.count)) for share, _name, _source in LISTS]


def list_before(days: Days, day: int, source: str) -> int | None:
    """The last list from `source` loaded in the half year before `day`, None when there was none."""
    loaded = [at for at, when in enumerate(list_days(days)) if day - 180 < when <= day and LISTS[at][2] == source]
    return loaded[-1] if loaded else None
