"""The text of a letter in RTF, also compressed as Outlook does (MS-OXRTFCP). No layout, no pictures, within limits."""

from __future__ import annotations

import re
import struct

MOST = 4 << 20
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_PLAIN, _COMPRESSED = b"MELA", b"LZFu"
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+|\\)"
)
#: Groups that hold no text of the letter.
_APART = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer generator listtable rsidtbl themedata".split()
)
_SAID = {b"par": "\n", b"line": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"bullet": "•", b"cell": "\t", b"row": "\n",
         b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”"}  # fmt: skip
_BREAKS = re.compile(rb"<(?:br|/p|/div|/tr|/li|/h\d)\b", re.IGNORECASE)


def decompressed(data: bytes) -> bytes:
    """RTF as it was; b"" for what is none."""
    if len(data) < 16:
        return b""
    _size, raw_size, kind, _crc = struct.unpack_from("<II4sI", data)
    if kind == _PLAIN:
        return data[16 : 16 + min(raw_size, MOST)]
    return _expanded(data, min(raw_size, MOST)) if kind == _COMPRESSED else b""


def _expanded(data: bytes, most: int) -> bytes:
    """Eight pieces follow each byte of flags: a letter, or (place, length) in the last 4,096 letters."""
    ring = bytearray(4096)
    ring[: len(_START)] = _START
    out, write, at = bytearray(), len(_START), 16
    while at < len(data) and len(out) < most:
        flags, at = data[at], at + 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 2 > len(data):
                    return bytes(out)
                pair, at = data[at] << 8 | data[at + 1], at + 2
                read, length = pair >> 4, (pair & 15) + 2
                if read == write:
                    return bytes(out[:most])
            elif at < len(data):
                read, length = -1, 1
            else:
                return bytes(out)
            for step in range(length):
                letter = data[at] if read < 0 else ring[(read + step) % 4096]
                out.append(letter)
                ring[write] = letter
                write = (write + 1) % 4096
            at += read < 0
    return bytes(out[:most])


class _Letter:
    """Text gathered token by token; each group remembers what its end brings back."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.around: list[tuple[bool, bool, int]] = []
        #: In a group that holds no text; in a run that only programs without HTML show; letters to pass over after \\u.
        self.apart, self.is_double, self.after = False, False, 1
        self.charset, self.skip, self.is_new = "cp1252", 0, False

    def take(self, found: re.Match[bytes]) -> None:
        word, number, code, sign, brace, plain = found.groups()
        starts, self.is_new = self.is_new, brace == b"{"
        if brace == b"{":
            self.around.append((self.apart, self.is_double, self.after))
        elif brace:
            self.apart, self.is_double, self.after = self.around.pop() if self.around else (False, False, 1)
        elif word:
            self._word(word, int(number) if number else None)
        elif code:
            self._say(bytes([int(code, 16)]).decode(self.charset, "replace"))
        elif sign == b"*" and starts:
            self.apart = True
        elif sign:
            self._say({b"~": "\u00a0", b"_": "-"}.get(sign, sign.decode("latin-1") if sign in b"\\{}" else ""))
        elif plain:
            self._plain(plain)

    def _word(self, word: bytes, number: int | None) -> None:
        if word in _APART:
            self.apart = True
        elif word == b"htmlrtf":
            self.is_double = number != 0
        elif word == b"ansicpg" and number:
            self.charset = _known(f"cp{number}")
        elif word == b"uc":
            self.after = min(number or 0, 8)
        elif word == b"u" and number is not None:
            self._say(chr(number % 0x10000))
            self.skip = self.after
        else:
            self._say(_SAID.get(word, ""))

    def _plain(self, plain: bytes) -> None:
        if self.apart:
            # A line of the HTML this was made of ends here.
            self.text += ["\n"] if _BREAKS.search(plain) else []
            return
        self._say(plain.decode(self.charset, "replace"))

    def _say(self, text: str) -> None:
        if not text:
            return
        passed = min(self.skip, len(text))
        self.skip -= passed
        if not self.apart and not self.is_double:
            self.text.append(text[passed:])


def _known(charset: str) -> str:
    try:
        "".encode(charset)
    except LookupError:
        return "cp1252"
    return charset


def text_of(rtf: bytes) -> str:
    """Without a surrogate left over from a damaged \\u pair."""
    letter = _Letter()
    for found in _TOKEN.finditer(rtf[:MOST]):
        letter.take(found)
    text = "".join(letter.text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub(r"\n{3,}", "\n\n", text).strip("\x00\n ")
