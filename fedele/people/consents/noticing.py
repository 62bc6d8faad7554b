"""Tells, once a day, who looks after consents that names have to be informed soon."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.access.models import User
from fedele.notices.kinds import declare
from fedele.notices.telling import tell
from fedele.people.consents.hub import due_url
from fedele.people.consents.informing import soon_due
from fedele.people.leads.models import Lead
from fedele.tasks.jobs import job

declare(
    "lead.to_inform",
    label=_("Names from lists have to be told where their data comes from"),
    text=_("{count} names from lists have to be told within a week where their data comes from"),
    why=_("You get this because you look after consents."),
    default_email="daily",
    icon="badge-info",
)


@job()
def tell_of_due() -> None:
    for user in User.objects.filter(is_active=True):
        if user.rights.may("edit", "consent"):
            count = soon_due(Lead.objects.visible_to(user)).order_by().values("pk")[:10_000].count()
            if count:
                once = f"lead.to_inform {timezone.localdate()}"
                tell(user, "lead.to_inform", title="", url=due_url(), data={"count": count}, once=once)
