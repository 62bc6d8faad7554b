"""Whether two people or organisations are one: in plain Python, without a database.

`compare(Identity, Identity)` gives a score, a verdict and the reasons in words; `Rarity` knows which names are frequent,
`pairs` finds in a file what is worth comparing, `groups` makes groups of pairs. The numbers are in `weights`.
"""

from fedele.people.duplicates.engine.comparing import ASK, NO, SAME, Match, compare, judge, profile_of
from fedele.people.duplicates.engine.grouping import groups
from fedele.people.duplicates.engine.identity import ORGANISATION, PERSON, Identity
from fedele.people.duplicates.engine.keys import keys_of
from fedele.people.duplicates.engine.profile import Profile
from fedele.people.duplicates.engine.rarity import USUAL, Rarity
from fedele.people.duplicates.engine.reasons import Reason

__all__ = [
    "ASK", "NO", "ORGANISATION", "PERSON", "SAME", "USUAL", "Identity", "Match", "Profile", "Rarity", "Reason", "compare",
    "groups", "judge", "keys_of", "profile_of",
]  # fmt: skip
