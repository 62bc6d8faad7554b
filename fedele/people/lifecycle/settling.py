"""Works the phases of companies out anew and writes them down, in a few statements however many companies.

Called in the transaction of whatever changed a fact, and each night for those whom time alone moves on. Twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from fedele.journal.writing import entry_for, write_many
from fedele.people.companies.models import Company
from fedele.people.lifecycle.facts import Facts, Sign, as_json, facts_of, from_json, signs
from fedele.people.lifecycle.judging import Path, path_of
from fedele.people.lifecycle.models import LifeCycle, Passage
from fedele.people.lifecycle.phases import PROSPECTS, Phase
from fedele.people.lifecycle.rules import Rules, rules

CHUNK = 500


def settle(ids: Iterable[int | None], *, tell: bool = True, reread: bool = True, today: dt.date | None = None) -> int:
    """Returns how many companies changed phase. `reread=False`: by the facts as they were kept, for new rules.

    `tell`: each passage is an entry of the journal, and whoever is concerned is told.
    """
    known, changed = sorted({one for one in ids if one}), 0
    for start in range(0, len(known), CHUNK):
        with transaction.atomic():
            changed += _settle_some(known[start : start + CHUNK], tell, reread, today or timezone.localdate())
    return changed


def settle_buyers(ids: Iterable[int | None]) -> int:
    """After something that is a sign at most: who never bought cannot be lost."""
    known = {one for one in ids if one}
    return settle(LifeCycle.objects.filter(company__in=known).values_list("company_id", flat=True)) if known else 0


@dataclass
class Case:
    company: Any
    path: Path
    facts: Facts | None


def _settle_some(ids: list[int], tell: bool, reread: bool, today: dt.date) -> int:
    # One after the other: two sales of the same minute must both count.
    companies = list(Company.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).order_by("pk"))
    before = dict(LifeCycle.objects.filter(company__in=ids).values_list("company_id", "facts"))
    found = facts_of(ids) if reread else {pk: from_json(kept) for pk, kept in before.items()}
    by, cases = rules(), []
    for company in companies:
        facts = found.get(company.pk)
        if facts is not None and reread and company.pk in before:
            _remember_past(facts, from_json(before[company.pk]), by, today)
        cases.append(Case(company, path_of(facts, by, today) if facts else Path(), facts))
    _keep_facts(cases, before)
    _keep_passages(cases, any_before=bool(before))
    return _show(cases, tell)


def _remember_past(facts: Facts, before: Facts, by: Rules, today: dt.date) -> None:
    """A sign that held and is no longer there is over as of today; one that never held leaves nothing."""
    facts.past = list(before.past)
    for key, sign in before.signs.items():
        over = Sign(sign.since, min(today, sign.until or today), sign.value)
        if key not in facts.signs and key in by.signs and signs[key].holds(over, by.signs[key]):
            facts.past.append((key, over))


def _keep_facts(cases: list[Case], before: dict[int, Any]) -> None:
    gone = [one.company.pk for one in cases if one.facts is None and one.company.pk in before]
    if gone:
        LifeCycle.objects.filter(company__in=gone).delete()
    kept = [
        LifeCycle(company=one.company, facts=as_json(one.facts), reason=one.path.reason, due_on=one.path.due)
        for one in cases
        if one.facts is not None
    ]
    LifeCycle.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["company"],
        update_fields=["facts", "reason", "due_on"],
        batch_size=CHUNK,
    )


def _keep_passages(cases: list[Case], *, any_before: bool) -> None:
    """Those that say something else than the facts are replaced."""
    ids = [one.company.pk for one in cases]
    stored: dict[int, list[tuple[str, dt.date]]] = defaultdict(list)
    if any_before:
        rows = Passage.objects.filter(company__in=ids).order_by("company_id", "day", "pk")
        for company, phase, day in rows.values_list("company_id", "phase", "day"):
            stored[company].append((phase, day))
    other = [one for one in cases if [(step.phase, step.day) for step in one.path.steps] != stored[one.company.pk]]
    if stale := [one.company.pk for one in other if stored[one.company.pk]]:
        Passage.objects.filter(company__in=stale).delete()
    Passage.objects.bulk_create(
        (
            Passage(company=one.company, phase=step.phase, day=step.day, reason=step.reason)
            for one in other
            for step in one.path.steps
        ),
        batch_size=CHUNK,
    )


def _show(cases: list[Case], tell: bool) -> int:
    """The columns of the companies, and an entry for each that changed phase. Neither version nor day of the last change move."""
    touched, entries = [], []
    for one in cases:
        company, phase = one.company, one.path.phase
        if phase == Phase.PROSPECT and company.kind not in PROSPECTS:
            phase = ""
        if (company.phase, company.phase_since) == (phase, one.path.since):
            continue
        if company.phase != phase:
            entries.append((company, _entry(company, phase, one.path)))
        company.phase, company.phase_since = phase, one.path.since
        touched.append(company)
    if len(touched) == 1:
        only = touched[0]
        Company.objects.filter(pk=only.pk).update(phase=only.phase, phase_since=only.phase_since)
    elif touched:
        models.QuerySet(Company).bulk_update(touched, ["phase", "phase_since"], batch_size=200)
    if tell:
        write_many(entries, react=True)
    return len(entries)


def _entry(company: Company, phase: str, path: Path) -> Any:
    """No part of the act that brought it about: undoing that moves the phase back by itself."""
    data = {"phase": phase, "phase_before": company.phase, "day": str(path.since or ""), "signs": _codes(path)}
    entry = entry_for(company, "phase_changed", data=data)
    entry.batch = None
    return entry


def _codes(path: Path) -> list[str]:
    silent = ["silence"] if path.reason.get("silent") else []
    return [*silent, *path.reason.get("signs", {})]
