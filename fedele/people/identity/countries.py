"""Countries by ISO 3166 code, with their names in Italian and English from Babel (Unicode CLDR)."""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fedele.people.identity.characters import fold, tidy

#: Two-letter codes of CLDR that are no country: groups, and parts of others.
_NO_COUNTRY = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
_ALSO_CALLED = {
    "AE": "Emirati Arabi;UAE;Dubai", "BA": "Bosnia", "BY": "Bielorussia", "CI": "Ivory Coast",
    "CZ": "Repubblica Ceca;Czech Republic",
    "GB": "UK;Gran Bretagna;Great Britain;Inghilterra;England;Scozia;Scotland;Galles;Wales;Irlanda del Nord",
    "HK": "Hong Kong", "KR": "Corea;Korea;South Korea", "MD": "Moldova", "MK": "Macedonia",
    "NL": "Olanda;Holland;The Netherlands",
    "RU": "Russia;Federazione Russa", "SM": "Rep. San Marino;Repubblica di San Marino", "TR": "Turchia;Turkey",
    "TW": "Taiwan",
    "US": "USA;U.S.A.;America;Stati Uniti d'America;United States of America",
    "VA": "Vaticano;Vatican;Città del Vaticano",
    "CN": "Repubblica Popolare Cinese", "DE": "Deutschland", "FR": "France", "ES": "España", "AT": "Österreich",
    "CH": "Schweiz;Suisse",
}  # fmt: skip


def clean_country(value: Any, country: str = "") -> str:
    """The two-letter code of a country given as code (two or three letters) or as name in Italian or English."""
    text = tidy(value)
    if not text:
        return ""
    names = country_names("en")
    if text in names:
        return text
    code = _by_name().get(fold(text[:100]), "")
    if not code:
        raise ValidationError(
            _("“%(value)s” is not a country: write its name or its code, such as IT."),
            code="unknown",
            params={"value": text[:80]},
        )
    return code


def show_country(value: str, language: str = "") -> str:
    """Its name in `language`, by default the reader's."""
    return country_names(language or get_language() or "en").get(value, value)


def country_choices(language: str = "") -> list[tuple[str, str]]:
    """(code, name) of every country in the alphabetical order of `language`, by default the reader's."""
    return list(country_names(language or get_language() or "en").items())


@cache
def country_names(language: str) -> dict[str, str]:
    territories = Locale.parse(language.partition("-")[0]).territories
    names = {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
    return dict(sorted(names.items(), key=lambda item: fold(item[1])))


@cache
def _by_name() -> dict[str, str]:
    """Every folded name and code. A code of three letters is told from a name by nobody's being called so."""
    known = set(country_names("en"))
    found = {
        fold(code): new[0]
        for code, new in get_global("territory_aliases").items()
        if len(code) == 3 and new[0] in known
    }
    found |= {fold(name): code for code, names in _ALSO_CALLED.items() for name in names.split(";")}
    for language in ("en", "it"):
        found |= {fold(name): code for code, name in country_names(language).items()}
    return found | {code.lower(): code for code in known}
