"""Which column probably goes where, how sure that is, and why: as the last time, by its header, or by what stands in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from fedele.records.declare import RecordType
from fedele.records.exchange.chosen import Chosen, chosen_of
from fedele.records.exchange.looks import KINDS, looks_like, share
from fedele.records.exchange.mapping import fingerprint, fold
from fedele.records.exchange.models import RememberedMapping
from fedele.records.exchange.targets import Target, targets_of
from fedele.records.fields import fields_of
from fedele.records.registry import registry

SURE, PROBABLY, DOUBTFUL = "sure", "probably", "doubtful"
#: A column known by its header whose values look so less often than this is doubtful.
HALF = 0.5


@dataclass(frozen=True)
class Guess:
    chosen: Chosen
    #: sure, probably, doubtful
    sure: str
    why: str


def guess(
    record_type: RecordType, headers: list[str], sample: list[list[str]], user: Any, vendor: str = ""
) -> dict[str, Guess]:
    """{header: guess}, in the order of the headers; a field is given once."""
    targets = targets_of(record_type, user)
    remembered = RememberedMapping.objects.filter(record_type=record_type.key, headers=fingerprint(headers)).first()
    if remembered:
        return _recalled(remembered, headers, targets, _("as with the last file with these columns"))
    found: dict[str, Guess] = {}
    last = vendor and (
        RememberedMapping.objects.filter(record_type=record_type.key, vendor=vendor).order_by("-used_at").first()
    )
    if last:
        found = _recalled(last, headers, targets, _("as in the last file of %(vendor)s") % {"vendor": vendor})
    _by_header(record_type, headers, sample, targets, found)
    _by_content(headers, sample, targets, found)
    _drop_unnamed(targets, found)
    return {header: found[header] for header in headers if header in found}


def propose(
    record_type: RecordType, headers: list[str], sample: list[list[str]], user: Any, vendor: str = ""
) -> dict[str, Any]:
    """{header: what is chosen for it}, as an import keeps it."""
    return {header: one.chosen.stored for header, one in guess(record_type, headers, sample, user, vendor).items()}


def _recalled(remembered: Any, headers: list[str], targets: dict[str, Target], why: str) -> dict[str, Guess]:
    known = {fold(header): header for header in headers}
    return {
        known[fold(header)]: Guess(one, SURE, why)
        for header, one in chosen_of(remembered.mapping).items()
        if fold(header) in known and one.field in targets
    }


def _taken(found: dict[str, Guess]) -> set[str]:
    """Fields that are given already, the halves of joined ones among them."""
    names = {one.chosen.field for one in found.values()}
    return names | {part for name in names for part in name.split("+")}


def _by_header(
    record_type: RecordType, headers: list[str], sample: list[list[str]], targets: dict[str, Target], found: dict
) -> None:
    words = known_words(record_type, targets)
    for header in headers:
        name = words.get(fold(header))
        if header in found or not name or not _taken(found).isdisjoint({name, *name.split("+")}):
            continue
        kind = targets[name].kind
        if kind in KINDS and share(kind, _values(headers, sample, header), targets[name].field) < HALF:
            found[header] = Guess(Chosen(name), DOUBTFUL, _("by its name, but its values do not look so"))
        else:
            found[header] = Guess(Chosen(name), SURE, _("by the name of the column"))


def known_words(record_type: RecordType, targets: dict[str, Target]) -> dict[str, str]:
    """{folded header: target}. A field of a related record is known by its word alone where nothing else is called so."""
    words = _words_of(record_type, {name for name, one in targets.items() if not one.group})
    for joined in record_type.exchange.joined:
        for synonym in (*joined.synonyms, str(joined.label)):
            words.setdefault(fold(synonym), joined.name)
    others: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for relation in {one.group: one.relation for one in targets.values() if one.relation}.values():
        other = registry.by_key(relation.target._meta.model_name)
        names = {one.field.name for one in targets.values() if one.group == relation.name}
        for word, name in _words_of(other, names).items():
            seen[word] += 1
            others[word] = f"{relation.name}.{name}"
            for called in _called(relation, record_type):
                words.setdefault(f"{called} {word}", f"{relation.name}.{name}")
                words.setdefault(f"{word} {called}", f"{relation.name}.{name}")
    return {**{word: name for word, name in others.items() if seen[word] == 1}, **words}


def _called(field: Any, record_type: RecordType) -> set[str]:
    """The words of one's own language for the relation: «azienda», «ditta», as in «P.IVA ditta»."""
    found = {fold(field.name), *map(fold, record_type.exchange.synonyms.get(field.name, ()))}
    for language in ("en", "it"):
        with translation.override(language):
            found.add(fold(str(field.label)))
    return found


def _words_of(record_type: RecordType, names: set[str]) -> dict[str, str]:
    fields = {name: one for name, one in fields_of(record_type).items() if name in names}
    words: dict[str, str] = {}
    for name, synonyms in record_type.exchange.synonyms.items():
        for synonym in synonyms:
            words.setdefault(fold(synonym), name)
    for language in ("en", "it"):
        with translation.override(language):
            words.update({fold(str(one.label)): name for name, one in fields.items()})
    words.update({fold(name): name for name in fields})
    return {word: name for word, name in words.items() if name in fields}


def _by_content(headers: list[str], sample: list[list[str]], targets: dict[str, Target], found: dict) -> None:
    free = {name: one for name, one in targets.items() if one.kind in KINDS}
    for header in headers:
        if header in found:
            continue
        kind = looks_like(_values(headers, sample, header), {one.kind: one.field for one in free.values()})
        names = [name for name, one in free.items() if one.kind == kind and name not in _taken(found)]
        # Of two dates nobody can say which is which.
        if names and (kind != "date" or len(names) == 1):
            found[header] = Guess(Chosen(names[0]), PROBABLY, _("looks like %(what)s") % {"what": KINDS[kind]})


def _values(headers: list[str], sample: list[list[str]], header: str) -> list[str]:
    at = headers.index(header)
    return [text for row in sample if at < len(row) and (text := str(row[at]).strip())]


def _drop_unnamed(targets: dict[str, Target], found: dict[str, Guess]) -> None:
    """Columns of a related record that no column tells which one it is."""
    names = {one.chosen.field for one in found.values()}
    for header, one in list(found.items()):
        target = targets[one.chosen.field]
        if target.relation and not is_named(target.relation, names):
            del found[header]


def is_named(relation: Any, names: set[str]) -> bool:
    """Does one of these targets tell which record the relation means?"""
    other = registry.by_key(relation.target._meta.model_name)
    telling = {other.exchange.key, *other.exchange.identify, *(other.search.title if other.search else ())}
    return relation.name in names or any(f"{relation.name}.{name}" in names for name in telling)
