"""New names that rules or colleagues gave to me: why, from where, and one click to begin."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fedele.people.assignment.access import may_sort
from fedele.people.assignment.mine import Row as Given
from fedele.people.assignment.mine import rows_of
from fedele.people.assignment.models import Handout
from fedele.people.assignment.queue import waiting_for
from fedele.people.leads.models import Lead
from fedele.records.today.blocks import MOST, ROWS, Act, Block, Row, today_block
from fedele.ui.moments import ago

#: Handouts looked through for those nobody has worked yet.
LOOKED = 40
#: What is older is no news.
NEW = dt.timedelta(days=14)


@today_block(
    "names", label=gettext_lazy("New names given to me"), icon="user-check", roles=("sales_rep", "sales_lead"), order=10,
    heeds=("lead",), right=("view", "lead"),
)  # fmt: skip
def new_names(user: Any) -> Block:
    """Those of the last two weeks that nobody has worked yet."""
    given = Handout.objects.filter(user=user, record_type="lead", at__gte=timezone.now() - NEW)
    latest = list(given.select_related("absent", "actor").order_by("-at", "-id")[:LOOKED])
    fresh = [row for row in rows_of(latest, user) if row.record.owner_id == user.pk and row.record.is_suspect]
    today = sum(timezone.localdate(row.handout.at) == timezone.localdate() for row in fresh)
    aside = ngettext("%(n)s today", "%(n)s today", today) % {"n": today} if today else ""
    url = reverse("assignment_mine") if len(fresh) > ROWS or len(latest) == LOOKED else ""
    empty = _("Names that rules or colleagues give you appear here.")
    return Block(
        [_row(row, n) for n, row in enumerate(fresh[:ROWS])], min(len(fresh), MOST + 1) or None, url, empty, aside
    )


def _row(row: Given, place: int) -> Row:
    """The key to begin with is that of the newest."""
    lead = row.record
    title = " · ".join(dict.fromkeys(filter(None, (str(lead), lead.company_name))))
    line = " · ".join(filter(None, (capfirst(row.source), reason_of(row.handout), lead.place)))
    return Row(title, row.url, line, person=str(lead), act=Act(_("Open"), row.url, key="" if place else "b"))


def reason_of(handout: Handout) -> str:
    """«by the rule “Province di Giulia”», «by Luca Moretti», and in whose place."""
    parts = []
    if handout.reason:
        parts.append(_("by the rule “%(rule)s”") % {"rule": handout.reason})
    elif handout.actor:
        parts.append(_("by %(name)s") % {"name": handout.actor})
    if handout.absent:
        parts.append(_("in the place of %(name)s") % {"name": handout.absent})
    return ", ".join(parts)


@today_block(
    "queue", label=gettext_lazy("Names waiting to be assigned"), icon="split", order=25, heeds=("lead",),
    roles=("marketing", "sales_lead", "director", "office"), right=may_sort,
)  # fmt: skip
def waiting(user: Any) -> Block:
    """Those nobody has yet, the newest first."""
    found = list(waiting_for(user).order_by("-pk")[: MOST + 1])
    url = reverse("assignment_queue") if found else ""
    return Block([_waiting(one) for one in found[:ROWS]], len(found) or None, url, _("Every name has somebody."))


def _waiting(one: Lead) -> Row:
    line = " · ".join(filter(None, (one.company_name, capfirst(one.get_source_display()), one.place)))
    return Row(str(one), f"/leads/{one.pk}/", line, person=str(one), badge=ago(one.created_at.date()))
