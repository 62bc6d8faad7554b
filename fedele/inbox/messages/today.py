"""On Today: mail that waits for an answer of mine."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.inbox.messages.waiting import waiting_for
from fedele.records.today.blocks import MOST, ROWS, Block, Row, today_block
from fedele.ui.moments import ago

#: A day without an answer is noticed, two are late.
LATE = 2


@today_block(
    "mail", label=gettext_lazy("Mail without an answer"), icon="mail", order=15, right=("view", "message"),
    roles=("sales_rep", "sales_lead", "service", "office", "marketing"),
)  # fmt: skip
def unanswered(user: Any) -> Block:
    """The longest waiting first: what was given to me, what is in my mailbox, and what nobody has taken in shared ones."""
    found = list(waiting_for(user).order_by("waiting_since", "pk")[: MOST + 1])
    empty = _("Mail that waits for an answer appears here.")
    return Block([_row(one) for one in found[:ROWS]], len(found) or None, "/mail/?view=waiting" if found else "", empty)


def _row(one: Any) -> Row:
    days = (timezone.now() - one.waiting_since).days
    level = "bad" if days >= LATE else ""
    return Row(
        str(one),
        f"/mail/{one.pk}/",
        one.people or one.snippet,
        person=one.people.split(", ")[0] or "?",
        badge=ago(one.waiting_since),
        level=level,
    )
