"""Names of organisations: the legal form set apart, usual abbreviations written out."""

from __future__ import annotations

from functools import lru_cache

from fedele.people.duplicates.engine.letters import words
from fedele.people.identity.legal_forms import FORMS, SPELLED_OUT, TRAILERS

_WRITTEN_OUT = {
    "flli": "fratelli", "f": "f", "off": "officine", "officina": "officine", "mecc": "meccanica", "ind": "industria",
    "industrie": "industria", "comm": "commerciale", "costr": "costruzioni", "ass": "associazione",
    "assoc": "associazione", "ist": "istituto", "az": "azienda", "agr": "agricola", "imp": "impresa",
    "intl": "international", "int": "international", "internazionale": "international", "mfg": "manufacturing",
    "bros": "brothers", "dept": "department", "univ": "university", "assn": "association", "natl": "national",
    "svcs": "services", "svc": "services", "tech": "technology", "technologies": "technology", "mgmt": "management",
    "rist": "ristorante", "restaurant": "ristorante", "st": "saint", "mt": "mount", "ctr": "center",
    "centre": "center", "coop": "cooperativa", "soc": "societa", "fdn": "foundation", "grp": "group", "gruppo": "group",
    "elettr": "elettrica", "autotrasp": "autotrasporti", "immob": "immobiliare", "serv": "servizi", "sist": "sistemi",
}  # fmt: skip
#: Said or left out at will.
_LEFT_OUT = frozenset("e ed and und et the il lo la i gli le di del della dei delle dello da de of a al co c".split())
_LONGEST = 8


@lru_cache(maxsize=50_000)
def company_words(text: str) -> tuple[tuple[str, ...], str]:
    """(words that tell it apart, legal form): «F.lli Rossi & C. S.n.c.» → (fratelli rossi), S.n.c."""
    found = words(text)
    kept, form = _without_form(found)
    said = tuple(_WRITTEN_OUT.get(word, word) for word in kept if word not in _LEFT_OUT)
    return said or kept or found, form


def _without_form(found: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    form = ""
    while len(found) > 1:
        for size in range(min(_LONGEST, len(found) - 1), 0, -1):
            tail = "".join(found[-size:])
            if tail in FORMS or tail in TRAILERS:
                form = FORMS.get(tail, form)
                found = found[:-size]
                break
        else:
            break
    for size in range(min(_LONGEST, len(found) - 1), 0, -1):
        if (head := "".join(found[:size])) in SPELLED_OUT:
            return found[size:], form or FORMS[head]
    return found, form


def initials(found: tuple[str, ...]) -> str:
    return "".join(word[0] for word in found)
