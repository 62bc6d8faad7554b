"""One number for a record type and a record id: documents of one type lie together, the newest last."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

#: Record ids are below 2 ** 40; 23 bits remain for the type.
ID_BITS = 40
ID_MASK = (1 << ID_BITS) - 1


@lru_cache(maxsize=500)
def type_number(record_type: str) -> int:
    return int.from_bytes(blake2b(record_type.encode(), digest_size=3).digest()) >> 1


def first_place(record_type: str) -> int:
    return type_number(record_type) << ID_BITS


def last_place(record_type: str) -> int:
    return first_place(record_type) | ID_MASK


def place(record_type: str, record_id: int) -> int:
    if not 0 < record_id <= ID_MASK:
        raise ValueError(f"{record_id} is no record id")
    return first_place(record_type) | record_id
