"""What whoever takes a customer over must know of its money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.billing.disputes.models import Dispute
from fedele.billing.disputes.settling import LIVING
from fedele.billing.open_items.models import OpenItem
from fedele.billing.open_items.paying import PaymentState
from fedele.billing.open_items.showing import may_know
from fedele.people.handovers.briefing import Line, Lines, adds_briefing
from fedele.records.registry import registry
from fedele.ui.amounts import money
from fedele.ui.moments import date


@adds_briefing("company", label=gettext_lazy("Receivables and disputes"), order=40, phone=50)
def what_it_owes(records: Sequence[Any], reader: Any) -> Lines:
    found: Lines = defaultdict(list)
    ids = [record.pk for record in records]
    if may_know(reader, "openitem"):
        for row in _sums(ids):
            late, url = (row["overdue"] or 0) > 0, registry.by_key("openitem").url()
            to = f"{url}?f=company.in:{row['company']}&f=state.in:open,part,over"
            found[row["company"]].append(Line(_owed(row), to, "bad" if late else ""))
    if may_know(reader, "dispute"):
        disputes = (
            Dispute.objects.visible_to(reader).filter(company__in=ids, state__in=LIVING).order_by("opened_on", "pk")
        )
        for one in disputes.iterator():
            words = {
                "subject": one.subject,
                "amount": money(one.amount, one.currency),
                "state": one.get_state_display(),
            }
            text = _("dispute %(state)s: %(subject)s, %(amount)s") % words
            found[one.company_id].append(Line(text, registry.by_key("dispute").url(one.pk), "warn"))
    return dict(found)


def _sums(ids: list[int]) -> Any:
    late = Q(due_on__lt=timezone.localdate())
    items = OpenItem.objects.filter(company__in=ids, trashed_at=None).exclude(state=PaymentState.PAID).order_by()
    return items.values("company", "currency").annotate(
        open=Sum("residual"),
        overdue=Sum("residual", filter=late),
        oldest=Min("due_on", filter=late & Q(residual__gt=0)),
    )


def _owed(row: dict[str, Any]) -> str:
    words = {"open": money(row["open"], row["currency"]), "overdue": money(row["overdue"] or 0, row["currency"])}
    if not row["oldest"] or (row["overdue"] or 0) <= 0:
        return _("open %(open)s, nothing overdue") % words
    return _("open %(open)s, overdue %(overdue)s since %(day)s") % {**words, "day": date(row["oldest"])}
