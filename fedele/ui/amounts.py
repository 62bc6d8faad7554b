"""Amounts, numbers and percentages as the reader's language writes them.

Called for every cell of a list: Babel is asked once per language and currency.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import get_currency_precision, get_currency_symbol
from django.conf import settings
from django.utils.translation import get_language

from fedele.base.house import house

NBSP = "\u00a0"
#: Of English the British form: days before months and a 24-hour clock, as everywhere in the product.
BABEL = {"en": "en_GB"}


@dataclass(frozen=True)
class Style:
    separators: dict[int, str]
    symbol_first: bool


@functools.cache
def locale_of(language: str) -> Locale:
    return Locale.parse(BABEL.get(language, language.replace("-", "_")))


def locale() -> Locale:
    return locale_of(get_language() or settings.LANGUAGE_CODE)


@functools.cache
def style_of(language: str) -> Style:
    symbols = locale_of(language).number_symbols.get("latn", {})
    pattern = locale_of(language).currency_formats["standard"].pattern
    return Style({ord(","): symbols.get("group", ","), ord("."): symbols.get("decimal", ".")}, pattern.startswith("¤"))


@functools.cache
def symbol_of(currency: str, language: str) -> tuple[str, int]:
    """The sign of a currency and its number of decimals."""
    return get_currency_symbol(currency, locale=locale_of(language)), get_currency_precision(currency)


def number(value: Any, digits: int | None = None) -> str:
    """`digits` decimals, or as many as the value has."""
    if value is None or value == "":
        return ""
    if digits is None:
        text = f"{value:,d}" if isinstance(value, int) else _without_zeros(f"{Decimal(str(value)):,f}")
    else:
        text = f"{value:,.{digits}f}"
    return text.translate(style_of(get_language() or settings.LANGUAGE_CODE).separators)


def plain_number(value: Any) -> str:
    """A number as one types it: decimal sign of the language, no grouping. Text somebody typed stays as it was."""
    if value is None or isinstance(value, str):
        return value or ""
    text = _without_zeros(f"{Decimal(str(value)):f}")
    return text.replace(".", style_of(get_language() or settings.LANGUAGE_CODE).separators[ord(".")])


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Any, digits: int = 0) -> str:
    """0.342 is 34%."""
    return "" if value is None or value == "" else number(Decimal(str(value)) * 100, digits) + "%"


def money(value: Any, currency: str | None = None, cents: bool | None = None) -> str:
    """An amount with its sign. Cents are shown when there are any, always (`True`) or never (`False`)."""
    if value is None or value == "":
        return ""
    language = get_language() or settings.LANGUAGE_CODE
    symbol, precision = symbol_of(currency or house().currency, language)
    digits = precision if cents or (cents is None and value != int(value)) else 0
    style = style_of(language)
    text = f"{abs(value):,.{digits}f}".translate(style.separators)
    sign = "-" if value < 0 and text.strip("0.,") else ""
    if style.symbol_first:
        return f"{sign}{symbol}{NBSP if symbol[-1].isalpha() else ''}{text}"
    return f"{sign}{text}{NBSP}{symbol}"


def filesize(size: Any) -> str:
    """How big a file is, as people say it: 1.4 MB, 230 KB."""
    kilobytes = (size or 0) / 1024
    if kilobytes < 1000:
        return f"{number(max(1, round(kilobytes)))}{NBSP}KB"
    megabytes = kilobytes / 1024
    return f"{number(megabytes, 1 if megabytes < 10 else 0)}{NBSP}MB"
