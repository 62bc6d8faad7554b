"""Legal forms in company names: «Rossi S.R.L.», «Rossi srl» and «Rossi società a responsabilità limitata» are one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fedele.people.identity.characters import fold, tidy

#: Canonical form → the ways it is written, separated by semicolons.
_ITALIAN = {
    "S.r.l.": "srl;società a responsabilità limitata;soc a r l;soc a resp lim;società a r l;a r l",
    "S.r.l.s.": "srls;srl semplificata;società a responsabilità limitata semplificata",
    "S.p.A.": "spa;società per azioni;soc per azioni",
    "S.a.p.a.": "sapa;società in accomandita per azioni",
    "S.n.c.": "snc;società in nome collettivo;soc in nome collettivo",
    "S.a.s.": "sas;società in accomandita semplice;soc in accomandita semplice",
    "S.s.": "ss;società semplice;società semplice agricola;soc semplice;s s agricola;società agricola semplice",
    "Soc. coop.": (
        "soc coop;società cooperativa;cooperativa;coop;scrl;società cooperativa a responsabilità limitata;"
        "soc coop a rl;scarl;soc cooperativa;soc coop arl;società cooperativa per azioni;"
        "soc coop pa;scpa;piccola società cooperativa"
    ),
    "Soc. coop. sociale": (
        "soc coop sociale;società cooperativa sociale;cooperativa sociale;coop sociale;coop soc;soc coop soc;"
        "società cooperativa sociale a responsabilità limitata;soc coop sociale onlus;"
        "società cooperativa sociale onlus;cooperativa sociale onlus;coop sociale onlus;soc coop soc onlus"
    ),
    "Soc. cons. a r.l.": (
        "soc cons a rl;soc cons rl;società consortile a responsabilità limitata;società consortile a rl;"
        "soc consortile a rl;soc cons arl;società consortile;soc consortile arl;srl consortile"
    ),
    "Soc. cons. p.A.": "soc cons pa;società consortile per azioni;soc consortile per azioni;soc cons per azioni",
    "Onlus": "onlus", "APS": "aps;associazione di promozione sociale", "ODV": "odv;organizzazione di volontariato",
    "ETS": "ets;ente del terzo settore", "ASD": "asd;associazione sportiva dilettantistica",
    "SSD": "ssd;società sportiva dilettantistica", "Ditta individuale": "ditta individuale;impresa individuale",
    "S.t.p. S.r.l.": "stp srl;srl stp;società tra professionisti a responsabilità limitata",
}  # fmt: skip
_FOREIGN = {
    "GmbH": "gmbh;gesellschaft mit beschränkter haftung;gesmbh;ges mbh",
    "GmbH & Co. KG": "gmbh & co kg;gmbh und co kg;gmbh co kg",
    "AG": "ag;aktiengesellschaft", "KG": "kg;kommanditgesellschaft", "OHG": "ohg", "UG": "ug;ug haftungsbeschränkt",
    "e.K.": "ek;e kfm", "Ltd": "ltd;limited;co ltd;company limited;pty ltd;pvt ltd",
    "PLC": "plc;public limited company",
    "LLC": "llc", "LLP": "llp", "Inc.": "inc;incorporated", "Corp.": "corp;corporation",
    "SA": "sa;société anonyme;sociedad anónima",
    "SARL": "sarl;société à responsabilité limitée", "EURL": "eurl", "SL": "sl;sociedad limitada;slu",
    "BV": "bv;b v;besloten vennootschap",
    "NV": "nv;naamloze vennootschap", "AB": "ab;aktiebolag", "AS": "as;aksjeselskap", "ApS": "anpartsselskab",
    "Oy": "oy;oyj", "SE": "se",
    "Sp. z o.o.": "sp z oo;sp zoo", "s.r.o.": "sro;spol s ro", "a.s.": "akciová společnost", "d.o.o.": "doo",
    "d.d.": "dd",
    "Kft.": "kft", "Zrt.": "zrt", "Lda": "lda;limitada", "SRL": "sprl", "SAS": "société par actions simplifiée",
    "OÜ": "oü",
}  # fmt: skip
#: What the same letters mean in another country than Italy.
_ELSEWHERE = {
    "S.a.s.": {"FR": "SAS", "CO": "SAS"},
    "S.r.l.": {"RO": "SRL", "BE": "SRL", "AR": "SRL"},
    "APS": {"DK": "ApS"},
}
#: Said after the form, and no part of it nor of the name.
_AFTER = (
    "unipersonale", "a socio unico", "con socio unico", "socio unico", "con unico socio", "in liquidazione",
    "società benefit",
    "sb", "in fallimento", "in concordato preventivo", "in amministrazione straordinaria",
    "in liquidazione giudiziale", "agricola",
    "società agricola",
)  # fmt: skip
_WORD = re.compile(r"[^\s,;()\[\]«»\"–—]+")
_LONGEST = 8


def _table(forms: dict[str, str]) -> dict[str, str]:
    return {fold(way): form for form, ways in forms.items() for way in ways.split(";")}


_FORMS = _table(_FOREIGN) | _table(_ITALIAN)
#: Forms that may also stand before the name; one word alone («Cooperativa», «Coop») is rather part of it.
_SPELLED_OUT = {fold(way) for ways in _ITALIAN.values() for way in ways.split(";") if " " in way and len(way) >= 8}
_TRAILERS = {fold(text) for text in _AFTER}
#: The same tables for who compares names word by word: folded spelling → form; forms that stand before; what follows.
FORMS, SPELLED_OUT, TRAILERS = _FORMS, _SPELLED_OUT, _TRAILERS
#: Too short to be a form without its points or capitals: «Casa Sa», «Rosa & As».
_ONLY_IN_CAPITALS = frozenset(["as", "sa", "se", "ss", "ag", "kg", "sl", "ab", "ug", "dd", "bv", "nv", "ek"])
#: In an Italian name these are initials rather than the form of a company from abroad.
_ONLY_ABROAD = frozenset(("a.s.", "AB", "AS", "SE", "SL", "UG", "d.d.", "e.K."))


class CompanyName(NamedTuple):
    """`name` without its legal form, and the `form` as it is written properly; empty when the name says none."""

    name: str
    form: str


@lru_cache(maxsize=5_000)
def split_legal_form(text: str, country: str = "IT") -> CompanyName:
    """«ROSSI & C. S.R.L. in liquidazione» → («ROSSI & C.», «S.r.l.»). A name that is nothing but a form stays whole."""
    text = tidy(text)
    words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text[:300])]
    end = _without_trailers(words)
    for size in range(min(_LONGEST, end - 1), 0, -1):
        form = _form_of([word for _s, _e, word in words[end - size : end]])
        if form and not (country == "IT" and form in _ONLY_ABROAD):
            return CompanyName(text[: words[end - size - 1][1]].rstrip(" -–,(/"), _in(country, form))
    return _leading(text, words[:end], country) or CompanyName(text, "")


def clean_legal_form(value: str, country: str = "IT") -> str:
    """The canonical way of writing a legal form; a form not in the list stays as it is."""
    text = tidy(value)
    return _in(country, _FORMS.get(fold(text), text))


def show_legal_form(value: str) -> str:
    return value


def _without_trailers(words: list[tuple[int, int, str]]) -> int:
    """How many words are left before «in liquidazione», «unipersonale» and the like."""
    end = len(words)
    shortened = True
    while shortened:
        shortened = False
        for size in range(min(4, end - 1), 0, -1):
            if fold("".join(word for _s, _e, word in words[end - size : end])) in _TRAILERS and _has_form(
                words, end - size
            ):
                end, shortened = end - size, True
                break
    return end


def _has_form(words: list[tuple[int, int, str]], end: int) -> bool:
    tail = [word for _s, _e, word in words[max(0, end - _LONGEST) : end]]
    return any(_form_of(tail[start:]) or fold("".join(tail[start:])) in _TRAILERS for start in range(len(tail)))


def _form_of(words: list[str]) -> str:
    joined = "".join(words)
    folded = fold(joined)
    if folded in _ONLY_IN_CAPITALS and not (joined.isupper() or "." in joined or joined == "Ag"):
        return ""
    return _FORMS.get(folded, "")


def _leading(text: str, words: list[tuple[int, int, str]], country: str) -> CompanyName | None:
    """A form spelled out before the name: «Società Cooperativa Monteverde»."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        folded = fold("".join(word for _s, _e, word in words[:size]))
        if folded in _SPELLED_OUT:
            return CompanyName(text[words[size][0] :], _in(country, _FORMS[folded]))
    return None


def _in(country: str, form: str) -> str:
    return _ELSEWHERE.get(form, {}).get(country, form)
