"""What is new in the text of a mail, what it quotes, and where its signature begins."""

from __future__ import annotations

from dataclasses import dataclass

from fedele.inbox.reading import phrases

#: A longer block after words of farewell is no signature but a letter that goes on; longer lines are sentences.
MOST_LINES, LONG_LINE = 16, 110
#: Lines within which the head of a quoted mail has more than its sender.
HEAD = 6


@dataclass(frozen=True)
class Split:
    new: str
    quoted: str
    signature: str


def split(text: str) -> Split:
    """Every line ends up in exactly one of the three, but for empty ones between them."""
    lines = text.split("\n")
    marks = _marks(lines)
    new = [line for line, quoted in zip(lines, marks, strict=True) if not quoted]
    quoted = [line for line, is_quoted in zip(lines, marks, strict=True) if is_quoted]
    body, signature = _sign_off(new)
    if not any(line.strip() for line in body) and any(line.strip() for line in signature) and not any(quoted):
        body, signature = signature, []
    return Split(_tidy(body), _tidy(quoted), _tidy(signature))


def _marks(lines: list[str]) -> list[bool]:
    """True for each line that is somebody else's."""
    marks = [line.lstrip().startswith(">") for line in lines]
    place = 0
    while place < len(lines):
        length = _head_at(lines, place) if not marks[place] else 0
        if length:
            marks[place : place + length] = [True] * length
            if not _goes_on_marked(lines, marks, place + length):
                # Without ">" nobody can tell where the old text ends: it is all old.
                return [*marks[:place], *[True] * (len(lines) - place)]
            place += length
        place += 1
    return _close_gaps(lines, marks)


def _head_at(lines: list[str], place: int) -> int:
    """How many lines announce a quotation here; 0 when none do."""
    line = lines[place]
    if len(line) > 400 or not line.strip():
        return 0
    if phrases.RULED.match(line) or phrases.WROTE.match(line):
        return 1
    if phrases.WROTE_BEGINS.match(line):
        for more in (2, 3):
            joined = " ".join(part.strip() for part in lines[place : place + more])
            if (
                len(joined) < 500
                and lines[place + 1 : place + 2] != [""]
                and joined.endswith(":")
                and phrases.WROTE.match(joined)
            ):
                return more
    if phrases.UNDERLINE.match(line):
        below = next((n for n in range(place + 1, min(place + 3, len(lines))) if lines[n].strip()), None)
        return below - place + 1 if below is not None and _is_head(lines, below) else 0
    return 1 if _is_head(lines, place) else 0


def _is_head(lines: list[str], place: int) -> bool:
    """«Da: …» alone may be part of a letter; with «Inviato:», «A:» or «Oggetto:» below it is the head of a mail."""
    if not phrases.HEAD_FROM.match(lines[place]):
        return False
    below = [line for line in lines[place + 1 : place + 1 + HEAD] if line.strip()]
    return sum(bool(phrases.HEAD_MORE.match(line)) for line in below) >= 2


def _goes_on_marked(lines: list[str], marks: list[bool], place: int) -> bool:
    """Whether the next line that says anything is marked with ">"."""
    following = next((n for n in range(place, len(lines)) if lines[n].strip()), None)
    return following is not None and marks[following]


def _close_gaps(lines: list[str], marks: list[bool]) -> list[bool]:
    """Empty lines between two quoted ones are quoted, too."""
    last = None
    for place, is_quoted in enumerate(marks):
        if not is_quoted and lines[place].strip():
            last = None
        elif is_quoted:
            if last is not None:
                marks[last:place] = [True] * (place - last)
            last = place
    return marks


def _sign_off(lines: list[str]) -> tuple[list[str], list[str]]:
    """(what was said, the signature and what lawyers add)."""
    end = len(lines)
    said = next((place for place, line in enumerate(lines) if line.strip()), end)
    for place in range(said + 1, end):
        if phrases.LEGAL.match(lines[place]):
            end = place
            break
    for place, line in enumerate(lines[:end]):
        if (phrases.SIGNED.match(line) and _is_short(lines[place + 1 : end])) or phrases.BY_PROGRAM.match(line):
            end = place
            break
    start = _farewell(lines[:end])
    return lines[:start], lines[start:]


def _farewell(lines: list[str]) -> int:
    """Where words of farewell begin a block short enough to be a signature; the end when nowhere."""
    end, below = len(lines), 0
    for place in range(end - 1, -1, -1):
        line = lines[place]
        if below <= MOST_LINES and phrases.FAREWELL.match(line):
            end = place
        below += bool(line.strip())
        if below > MOST_LINES or len(line) > LONG_LINE:
            break
    return end if end < len(lines) else _reached_at(lines)


def _reached_at(lines: list[str]) -> int:
    """A block at the end, set apart, of which most lines are ways to reach somebody."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    start = next((n + 1 for n in reversed(range(len(lines))) if not lines[n].strip() and n < (filled or [0])[-1]), None)
    block = [lines[n] for n in filled if start is not None and n >= start]
    if start is None or not 2 <= len(block) <= MOST_LINES or start == 0:
        return len(lines)
    reached = sum(bool(phrases.REACHED.match(line)) for line in block)
    return start if reached * 2 >= len(block) else len(lines)


def _is_short(lines: list[str]) -> bool:
    return len([line for line in lines if line.strip()]) <= MOST_LINES * 2


def _tidy(lines: list[str]) -> str:
    """Without empty lines around, and never two in a row."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).strip("\n")
