"""Records by their exact name, as names are compared: case, accents and punctuation do not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import connection

from fedele.search.places import ID_MASK
from fedele.search.words import TITLE_LENGTH, normalise, sayable

#: A name that so many have tells nobody apart.
MOST_EACH = 20


def key_of(title: str) -> str:
    """What two titles have in common that are the same name."""
    return normalise(sayable(title)[:TITLE_LENGTH])


def named(record_type: str, titles: Collection[str]) -> dict[str, list[int]]:
    """{key of a title: ids of the records called so}, of those that are called so. One statement."""
    keys = sorted({key for title in titles if (key := key_of(title))})
    if not keys:
        return {}
    # The index over names is in the order of bytes, and only a comparison in that order can use it.
    name = 'name COLLATE "C"' if connection.vendor == "postgresql" else "name"
    marks = ",".join(["%s"] * len(keys))
    found: dict[str, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, name FROM search_document WHERE record_type = %s AND {name} IN ({marks}) LIMIT %s",
            [record_type, *keys, MOST_EACH * len(keys)],
        )
        for place, key in cursor.fetchall():
            found[key].append(place & ID_MASK)
    return dict(found)
