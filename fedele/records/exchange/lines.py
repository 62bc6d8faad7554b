"""Which line of a file said something first: millions of them in twelve to thirty-six bytes each."""

from __future__ import annotations

from array import array

#: Of the places, at most this share is taken before there are twice as many.
FULLEST = 0.66
_WHOLE = (1 << 64) - 1


class Lines:
    """What a dictionary from hashes to lines does, at a tenth of its memory. Nothing is ever taken out, but for all at once."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._set_size(1 << 12)

    def _set_size(self, size: int) -> None:
        self._mask, self._taken = size - 1, 0
        self._keys, self._lines = array("Q", bytes(8 * size)), array("I", bytes(4 * size))

    def setdefault(self, key: int, line: int) -> int:
        """The line kept under this key; `line`, which is kept from now on, if there was none."""
        key = (key & _WHOLE) or 1
        place = self._place_of(key)
        if self._keys[place]:
            return self._lines[place]
        self._keys[place], self._lines[place] = key, line
        self._taken += 1
        if self._taken > FULLEST * self._mask:
            self._grow()
        return line

    def _place_of(self, key: int) -> int:
        keys, mask = self._keys, self._mask
        place = (key ^ (key >> 29)) & mask
        while keys[place] and keys[place] != key:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        keys, lines, taken = self._keys, self._lines, self._taken
        self._set_size(2 * len(keys))
        for key, line in zip(keys, lines, strict=True):
            if key:
                place = self._place_of(key)
                self._keys[place], self._lines[place] = key, line
        self._taken = taken
