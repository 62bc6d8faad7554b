"""Text as search sees it: folded, cut into words, each word with the other ways somebody may type it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from fedele.search.forms import stems
from fedele.search.phones import dialled

TITLE_LENGTH = 200
BODY_LENGTH = 20_000
WORD_LENGTH = 64
MOST_WORDS = 800
LONGEST_ORDINARY = 32
MOST_JOINTS = 6
#: Stands between the words of the text and the further ways to type them, which are no words of any language.
DIVIDER = "|"

_LETTERS = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
_ALIKE = str.maketrans({**dict.fromkeys("’‘`´ʼ′＇", "'"), **_LETTERS, **{k.upper(): v for k, v in _LETTERS.items()}})
_DROPPED = {"Mn", "Me", "Cf"}
_OUTER_APOSTROPHE = re.compile(r"(?<![^\W_])'|'(?![^\W_])")
_ACRONYM = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+\.?(?![^\W_])")
_WORD = re.compile(r"[^\W_]+(?:[.\-_@/']+[^\W_]+)*")
_JOINT = re.compile(r"[.\-_@/']+")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"[a-z]{1,5}(\d{4,})")


def fold(text: str) -> str:
    """Lower case without marks: `UNITA'`, `unità` and `Unità` become `unita`; `S.r.l.` becomes `srl`."""
    text = text.translate(_ALIKE)
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_ALIKE)
        text = "".join(letter for letter in text if unicodedata.category(letter) not in _DROPPED)
    if "'" in text:
        text = _OUTER_APOSTROPHE.sub("", text)
    return _ACRONYM.sub(lambda found: found.group().replace(".", ""), text) if "." in text else text


def pieces(folded: str) -> list[str]:
    """The words of folded text, each code, address or name with apostrophe in one piece: `tr-2026-0412`."""
    return _WORD.findall(folded)


def plain(piece: str) -> str:
    return piece.replace("'", "")[:WORD_LENGTH]


def marked(word: str) -> str:
    """E-mail addresses are kept apart from words: thousands that begin with `mario` would make `mario` slow."""
    return f"@{word}" if "@" in word else word


def parts(piece: str) -> list[str]:
    return _JOINT.split(piece)


def normalise(text: str) -> str:
    """`text` with everything dropped that does not count in a comparison: words in lower case, one blank between."""
    return " ".join(map(plain, pieces(fold(text))))


def document(title: str, body: str) -> tuple[str, str, str]:
    """What the index keeps of a record: its title as shown, its name normalised, and all words it is found by.

    The words stand between blanks, so that `" ros"` found in them is a word that begins with `ros`.
    """
    title = sayable(title)[:TITLE_LENGTH]
    folded = fold(title)
    name = " ".join(map(plain, pieces(folded)))
    folded = f"{folded}\n{fold(sayable(body[:BODY_LENGTH]))}"
    found = dict.fromkeys(_words(folded)[:MOST_WORDS])
    further = [way for way in dict.fromkeys(_ways(folded, found)) if len(way) > 2 and way not in found]
    return title, name, f" {' '.join([*found, DIVIDER, *further[:MOST_WORDS]])} "


def ordinary(words: str) -> set[str]:
    """Of the words kept for a record those with letters: others are corrected to them, and they are looked into."""
    found = set()
    for word in words.partition(DIVIDER)[0].split():
        if word.isalpha():
            if 3 <= len(word) <= LONGEST_ORDINARY:
                found.add(word)
        elif not word.isdigit():
            found.update(part for part in _spoken(word) if part.isalpha() or ("@" not in word and len(part) <= 12))
    return found


def sayable(text: str) -> str:
    """Without what no database stores: NUL and halves of surrogate pairs."""
    if not text.isascii():
        text = text.encode("utf-8", "ignore").decode()
    return text.replace("\0", "")


def _words(folded: str) -> list[str]:
    words = []
    for piece in pieces(folded):
        words.append(marked(plain(piece)))
        if "'" in piece:
            words += [part[:WORD_LENGTH] for part in parts(piece) if len(part) > 2]
    return words


def _ways(folded: str, words: Iterable[str]) -> list[str]:
    ways: list[str] = []
    for word in words:
        if word.isalpha():
            ways += stems(word)
        elif not word.isdigit():
            ways += _ways_of_code(word)
        elif word[0] == "0":
            ways.append(word.lstrip("0"))
    for number in dialled(folded):
        ways += number.ways()
    return ways


def _ways_of_code(word: str) -> list[str]:
    """From every joint on, so that `2026-0412` finds TR-2026-0412 and `aurora.it` finds mario@aurora.it."""
    ways = _spoken(word)
    word = word.rpartition("@")[2]
    for start in [0, *(joint.end() for joint in _JOINT.finditer(word))][: MOST_JOINTS + 1]:
        rest = word[start:]
        ways.append(rest)
        if len(rest) <= 30 and _DIGIT.search(rest):
            together = _JOINT.sub("", rest)
            ways += (together, together.lstrip("0"))
    if code := _CODE.fullmatch(word):
        ways.append(code[1])
    return ways


def _spoken(word: str) -> list[str]:
    """The pieces of an address or code that somebody may remember: `officineaurora` of info@officineaurora.it."""
    found = _JOINT.split(word, MOST_JOINTS)
    return [part for part in found if 3 <= len(part) <= LONGEST_ORDINARY and not part.isdigit() and part.isalnum()]
