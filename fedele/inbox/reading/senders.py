"""Whether a mail is from whom it says: by what the mailbox's own server found (Authentication-Results, RFC 8601).

Anybody can write such a header. Only that of the server which received the mail for us counts, by its name, and of several the
topmost: it stands above all that a stranger could have written. Everything else is a stranger's claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

PROVEN, FAILED, UNKNOWN = "proven", "failed", "unknown"
#: Results that say nothing for or against.
SILENT = frozenset({"none", "neutral", "temperror", "permerror", "policy", ""})
#: Programs that read mail at these servers find the findings of those.
#: Microsoft's leave their own name out.
UNNAMED = "unnamed"
KNOWN = {"imap.gmail.com": "mx.google.com", "outlook.office365.com": UNNAMED, "imap-mail.outlook.com": UNNAMED}
MOST, MOST_CHARACTERS = 20, 4000
_RESULT = re.compile(r"^\s*([a-z][\w-]*)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r'\b(smtp|header|policy|body)\s*\.\s*([\w-]+)\s*=\s*("[^"]*"|[^\s;]+)', re.IGNORECASE)


@dataclass(frozen=True)
class Result:
    """`dkim=pass header.d=rinaldi.example`"""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Claim:
    """One header: which server says it found what, and how many servers had handed the mail on after it."""

    server: str
    results: tuple[Result, ...]
    below: int


@dataclass(frozen=True)
class SenderCheck:
    """`why`: of failed: dmarc, spf_dkim; of unknown: no_server (nobody said whose word counts), no_result, silent."""

    verdict: str
    why: str = ""
    server: str = ""
    results: tuple[Result, ...] = ()

    def told(self) -> dict[str, Any]:
        found = [{"method": one.method, "result": one.result, **one.properties} for one in self.results]
        return {"verdict": self.verdict, "why": self.why, "server": self.server, "results": found}


NOT_CHECKED = SenderCheck(UNKNOWN, "no_server")


def claims_of(message: Message) -> list[Claim]:
    """From the top, the last server first."""
    found: list[Claim] = []
    below = 0
    for name, value in message.raw_items():  # type: ignore[attr-defined]
        below += name.lower() == "received"
        if name.lower() == "authentication-results" and len(found) < MOST:
            found.append(_claim(str(value)[:MOST_CHARACTERS], below))
    return found


def check(claims: list[Claim], server: str, sender: str) -> SenderCheck:
    """Of mail from `sender`, by the word of `server` alone."""
    if not server:
        return NOT_CHECKED
    own = [one for one in claims if one.server == server.lower()]
    # A second header of that name further down was there before the mail came to it.
    results = tuple(result for one in own if one.below == own[0].below for result in one.results)
    if not results:
        return SenderCheck(UNKNOWN, "no_result", server)
    verdict, why = _judged(results, sender.rpartition("@")[2].lower())
    return SenderCheck(verdict, why, server, results)


def _judged(results: tuple[Result, ...], domain: str) -> tuple[str, str]:
    dmarc = {one.result for one in results if one.method == "dmarc"}
    if "pass" in dmarc or any(_proves(one, domain) for one in results):
        # An aligned SPF or DKIM is all that DMARC asks for.
        return PROVEN, ""
    if "fail" in dmarc:
        return FAILED, "dmarc"
    said = {one.result for one in results if one.method in ("spf", "dkim")} - SILENT
    return (FAILED, "spf_dkim") if said else (UNKNOWN, "silent")


def _proves(one: Result, domain: str) -> bool:
    names = {"spf": ("smtp.mailfrom",), "dkim": ("header.d", "header.i")}.get(one.method, ())
    return one.result == "pass" and any(_aligned(one.properties.get(name, ""), domain) for name in names)


def _aligned(where: str, domain: str) -> bool:
    """The same domain, or one below the other."""
    found = where.rpartition("@")[2].lower().strip(".")
    if not found or not domain or "." not in found:
        return False
    return found == domain or found.endswith(f".{domain}") or domain.endswith(f".{found}")


def _claim(value: str, below: int) -> Claim:
    first, *others = _parts(_without_comments(value))
    named = UNNAMED if "=" in first else (first.split() or [""])[0].lower()
    found = (_result(one) for one in (others if "=" not in first else [first, *others]))
    return Claim(named, tuple(one for one in found if one is not None), below)


def _result(text: str) -> Result | None:
    found = _RESULT.match(text)
    if found is None:
        return None
    told = {f"{kind}.{name}".lower(): value.strip('"') for kind, name, value in _PROPERTY.findall(text)[:10]}
    return Result(found[1].lower(), found[2].lower(), told)


def _parts(text: str) -> list[str]:
    """At semicolons outside of quotes."""
    kept, quoted = [""], False
    for letter in text:
        quoted ^= letter == '"'
        if letter == ";" and not quoted:
            kept.append("")
        else:
            kept[-1] += letter
    return kept[: MOST * 3]


def _without_comments(text: str) -> str:
    return "".join(_outside(re.sub(r"\s+", " ", text)))


def _outside(text: str) -> Iterator[str]:
    depth, quoted = 0, False
    for letter in text:
        if letter == '"' and not depth:
            quoted = not quoted
        if letter == "(" and not quoted:
            depth += 1
        if not depth:
            yield letter
        if letter == ")" and not quoted and depth:
            depth -= 1


def learnt(claims: list[Claim], imap_host: str) -> str:
    """The name of our own server, where a mail shows it beyond doubt: above the line that server itself wrote on top."""
    known = KNOWN.get(imap_host.lower(), "")
    if known and any(one.server == known for one in claims):
        return known
    return next((one.server for one in claims if one.below == 0 and one.server), "")


def seen(claims: list[Claim]) -> str:
    """The topmost: to be proposed, not believed."""
    return next((one.server for one in claims if one.server), "")
