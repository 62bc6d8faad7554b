"""Telephone numbers inside text, however they are spaced: `+39 030 123456`, `030-12 34 56`, `+39030123456`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FEWEST, MOST = 6, 15
_RUN = re.compile(r"(?<![\w.\-@/])\+?\(?\d[\d .()/\-+]*(?![\w@])")
_GROUP = re.compile(r"\+?\d+")
_SHORT_COUNTRY = re.compile(r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")


@dataclass(frozen=True)
class Number:
    digits: str
    groups: tuple[str, ...]
    international: bool

    def ways(self) -> list[str]:
        """How it may be typed: with the country, as dialled at home, without the leading zeros, without the area."""
        home = self.national() if self.international else self.digits
        ways = [self.digits, home]
        if home[0] == "0":
            ways.append(home.lstrip("0"))
        if home[0] in "03" and len(home) >= 8:
            ways += (home[2:], home[3:], home[4:])
        return ways

    def national(self) -> str:
        country = _SHORT_COUNTRY.match(self.digits)
        return self.digits[country.end() if country else 3 :]


def dialled(text: str) -> Iterator[Number]:
    """The numbers of 6 to 15 digits in `text`. A long group of digits is a number of its own, and `+` begins one."""
    for run in _RUN.findall(text):
        gathered: list[str] = []
        for group in [*_GROUP.findall(run), "+"]:
            together = sum(map(len, gathered))
            if gathered and (group[0] == "+" or together >= 9 or len(group) >= 9 or together + len(group) > MOST):
                yield from _number(gathered)
                gathered = []
            gathered.append(group)


def _number(groups: list[str]) -> Iterator[Number]:
    digits = "".join(groups)
    international = digits[0] == "+" or digits.startswith("00")
    digits = digits.lstrip("+")
    digits = digits.removeprefix("00") if international else digits
    if FEWEST <= len(digits) <= MOST and digits.strip("0"):
        yield Number(digits, tuple(group.lstrip("+") for group in groups), international)
