"""Names do not live for ever: which ones are due under the company's rules, and their erasure each night."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.access.administrators import administrators
from fedele.base.months import months_after
from fedele.base.verbs import Refused
from fedele.journal.acting import act_as
from fedele.notices.kinds import declare
from fedele.notices.telling import tell
from fedele.people.privacy.erasing import erase
from fedele.people.privacy.models import Erasure, RetentionRule
from fedele.people.privacy.person import person_of
from fedele.records.query import ListQuery
from fedele.records.registry import registry
from fedele.tasks.jobs import job

#: Persons one night erases at most by one rule; the rest follow in the next nights.
NIGHTLY = 500

declare(
    "retention.due",
    label=_("Names are due for erasure"),
    text=_("{title}: {count} names are due for erasure"),
    why=_("You administer Fedele, and a retention rule proposes names."),
    icon="hourglass",
)


def query_of(rule: RetentionRule, user: Any, today: dt.date | None = None) -> ListQuery:
    """The list of who is due: the rule's own filter, and unchanged for so long."""
    data = QueryDict(rule.query, mutable=True)
    day = months_after(today or timezone.localdate(), -rule.months)
    data.appendlist("f", f"updated_at.before:{day.isoformat()}")
    return ListQuery.read(registry.by_key(rule.record_type), user, data)


def due(rule: RetentionRule, user: Any) -> Any:
    """Records that are due and not yet erased, those longest untouched first."""
    done = Erasure.objects.filter(of_type=rule.record_type).values("of_id")
    return query_of(rule, user).records().exclude(pk__in=done).order_by("updated_at", "pk")


def erase_due(rule: RetentionRule, user: Any, limit: int = NIGHTLY) -> int:
    """Erases who is due, one transaction each; whom a running import holds is left for the next night. Returns how many."""
    count = 0
    for pk in list(due(rule, user).values_list("pk", flat=True)[:limit]):
        try:
            erase(person_of(rule.record_type, pk, user), user)
        except (Refused, Http404):
            continue
        count += 1
    return count


@job()
def keep_periods() -> None:
    """Each night: erases by the rules that say so, and once a week tells administrators what the others propose."""
    told = list(administrators())
    if not told:
        return
    first = told[0]
    for rule in RetentionRule.objects.filter(is_active=True):
        if rule.act == RetentionRule.Act.ERASE:
            with act_as(first, door="automation"):
                erase_due(rule, first)
        elif timezone.localdate().weekday() == 0 and (waiting := due(rule, first)[:1000].count()):
            for one in told:
                tell(one, "retention.due", title=rule.name, url="/setup/privacy/", data={"count": waiting})
