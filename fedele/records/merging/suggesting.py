"""Which of several values of a field is the best, and why in words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fedele.records.fields import RecordField
from fedele.records.merging.rules import Merging
from fedele.records.page.forms import plain_of

#: Instead of one record: the values of all, one below the other or together.
BOTH = "both"

#: What a rule says: the place of the record whose value is best (or BOTH), and why; None when it has no opinion.
Advice = tuple[int | str, str] | None


def suggest(
    one: RecordField, records: list[Any], values: list[Any], rules: Merging, survivor: Any
) -> tuple[int | str, str]:
    """(place of the record or BOTH, reason). The first rule that has an opinion decides."""
    plain = [plain_of(one, value) for value in values]
    known = [place for place, value in enumerate(plain) if value is not None]
    if not known:
        return records.index(survivor), ""
    if one.name == "owner" and records.index(survivor) in known:
        return records.index(survivor), _("of the record that remains")
    for rule in (_the_only_one, _furthest, _valid, _most, _all_of_them, _complete):
        advice = rule(one, plain, known, rules)
        if advice is not None:
            return advice
    worthy = _worthy(one, plain, known)
    return max(worthy, key=lambda place: (records[place].updated_at, -place)), _("from the record changed last")


def _the_only_one(one: RecordField, plain: list[Any], known: list[int], rules: Merging) -> Advice:
    if len({repr(plain[place]) for place in known}) == 1:
        return known[0], _("the only one filled in")
    return None


def _furthest(one: RecordField, plain: list[Any], known: list[int], rules: Merging) -> Advice:
    if one.kind == "yesno":
        return next(place for place in known if plain[place]), _("yes in one of them")
    order = rules.ranks.get(one.name, ())
    ranked = [place for place in known if plain[place] in order]
    if not ranked:
        return None
    return min(ranked, key=lambda place: order.index(plain[place])), _("the furthest along")


def _valid(one: RecordField, plain: list[Any], known: list[int], rules: Merging) -> Advice:
    """Identity data whose check digits are right, where the others' are not."""
    if one.name not in rules.distinct:
        return None
    sound = [place for place in known if _passes(one, plain[place])]
    return (sound[0], _("its check digits are right")) if len(sound) == 1 else None


def _passes(one: RecordField, value: Any) -> bool:
    try:
        one.field.clean(value, None)
    except ValidationError:
        return False
    return True


def _most(one: RecordField, plain: list[Any], known: list[int], rules: Merging) -> Advice:
    counted = Counter(repr(plain[place]) for place in known).most_common(2)
    if counted[0][1] < 2 or (len(counted) > 1 and counted[1][1] == counted[0][1]):
        return None
    place = next(place for place in known if repr(plain[place]) == counted[0][0])
    return place, _("the same in %(n)s of %(all)s") % {"n": counted[0][1], "all": len(plain)}


def _all_of_them(one: RecordField, plain: list[Any], known: list[int], rules: Merging) -> Advice:
    return (BOTH, _("nothing is lost")) if may_be_both(one) else None


def _complete(one: RecordField, plain: list[Any], known: list[int], rules: Merging) -> Advice:
    """Of texts, one that says all the others say and more."""
    worthy = _worthy(one, plain, known)
    return (worthy[0], _("the most complete")) if len(worthy) == 1 < len(known) else None


def _worthy(one: RecordField, plain: list[Any], known: list[int]) -> list[int]:
    """Without texts another says too, and without those all in capitals where one is written as people write."""
    if one.kind not in ("text", "long"):
        return known
    said = {place: set(re.findall(r"\w+", str(plain[place]).casefold())) for place in known}
    fuller = [place for place in known if not any(said[place] < said[other] for other in known)]
    written = [place for place in fuller if not str(plain[place]).isupper()]
    return written or fuller


def may_be_both(one: RecordField) -> bool:
    return one.kind in ("long", "multi")


def both(one: RecordField, values: list[Any]) -> Any:
    """All values together, each once, the first record's first."""
    if one.kind == "multi":
        return list(dict.fromkeys(part for value in values for part in value or ()))
    found: list[str] = []
    for value in values:
        text = str(value or "").strip()
        if text and not any(text in other for other in found):
            found = [other for other in found if other not in text] + [text]
    return "\n\n".join(found)
