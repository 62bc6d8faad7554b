"""What a pattern of numbers may be, and which number comes next."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.numbering import Counter, Numbering
from fedele.records.registry import registry

PLACE = re.compile(r"\{(year|n(?::0?(\d{1,2}))?)\}")
#: A number field holds 40 characters; a counter may grow to a dozen digits.
LONGEST = 28


def numbered() -> list[Any]:
    """The record types that get numbers."""
    return [record_type for record_type in registry if record_type.model.numbering]


def pattern_of(record_type: Any) -> str:
    """The company's own pattern, or the one the product brings."""
    own = Numbering.objects.filter(record_type=record_type.key).values_list("pattern", flat=True).first()
    return own or str(record_type.model.numbering)


def check(pattern: str, record_type: Any) -> None:
    """Raises a ValidationError that says why numbers of this pattern would not do."""
    if sum(match.group(1) != "year" for match in PLACE.finditer(pattern)) != 1:
        raise ValidationError(_("The pattern must contain {n} once: the counter takes its place."))
    rest = PLACE.sub("", pattern)
    if "{" in rest or "}" in rest:
        raise ValidationError(_("Only {year} and {n}, or {n:05} for five digits, may stand in curly brackets."))
    if not re.fullmatch(r"[\w./ -]*", rest):
        raise ValidationError(_("Use letters, digits, spaces, and the signs - _ . /"))
    if pattern != pattern.strip():
        raise ValidationError(_("A number must begin and end with a visible character."))
    if re.search(r"\d\{n|\{n[^}]*\}\d|\{year\}\{n|\{n[^}]*\}\{year", pattern):
        raise ValidationError(
            _("Put a letter or a sign between {n} and other digits, or two records could get the same number.")
        )
    if len(number(pattern, 1)) > LONGEST:
        raise ValidationError(_("Numbers of this pattern would be too long."))
    for other in numbered():
        if other.key != record_type.key and expression(pattern_of(other)) == expression(pattern):
            raise ValidationError(_("This pattern already numbers other records: %(what)s.") % {"what": other.plural})


def number(pattern: str, n: int) -> str:
    return pattern.format(year=timezone.localdate().year, n=n)


def expression(pattern: str) -> str:
    """Matches the numbers of this year, with what counts up as its group."""
    parts = re.split(r"(\{[^}]*\})", pattern)
    places = {True: str(timezone.localdate().year), False: r"(\d+)"}
    return "".join(places[part == "{year}"] if part.startswith("{") else re.escape(part) for part in parts)


def counter_of(record_type: Any, pattern: str) -> tuple[str, int]:
    return record_type.key, timezone.localdate().year if "{year}" in pattern else 0


def upcoming(record_type: Any, pattern: str) -> str:
    """The number the next record would get."""
    key, year = counter_of(record_type, pattern)
    last = Counter.objects.filter(record_type=key, year=year).values_list("last", flat=True).first() or 0
    return number(pattern, max(last, highest_used(record_type, pattern)) + 1)


def highest_used(record_type: Any, pattern: str) -> int:
    """The highest number of this pattern some record already has: one that came with an import, say."""
    matches = re.compile(expression(pattern) + r"\Z").match
    prefix = pattern.partition("{n")[0].format(year=timezone.localdate().year)
    taken = record_type.model.objects.filter(number__startswith=prefix).values_list("number", flat=True).iterator(5000)
    return max((int(found.group(1)) for value in taken if (found := matches(value))), default=0)


def skip_used(record_type: Any, pattern: str) -> None:
    """Lets the counter go on after the highest number in use, so that none is given twice."""
    key, year = counter_of(record_type, pattern)
    used = highest_used(record_type, pattern)
    counter, _made = Counter.objects.get_or_create(record_type=key, year=year)
    Counter.objects.filter(pk=counter.pk, last__lt=used).update(last=used)
