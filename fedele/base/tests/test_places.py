"""The place of a row in the address of the next page: what was written comes back, anything else is nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from fedele.base.places import place_in, place_of

AT = dt.datetime(2026, 11, 29, 9, 30, 0, 120, tzinfo=dt.UTC)


def test_what_was_written_comes_back() -> None:
    assert place_in(place_of(AT, 7)) == place_in(place_of(AT, 7).replace("+", " ")) == (AT, 7)


@pytest.mark.parametrize(
    "address",
    ["", "7", "_7", "2026-11-29_7", "2026-11-29T09:30_7", "2026-99-99T00:00:00+00:00_7", f"{AT.isoformat()}_",
     f"{AT.isoformat()}_²", f"{AT.isoformat()}_٣", f"{AT.isoformat()}_-1", f"{AT.isoformat()}_{'9' * 19}", "\x00_1"],
)  # fmt: skip
def test_anything_else_is_no_place(address: str) -> None:
    assert place_in(address) is None
