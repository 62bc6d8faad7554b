"""Who looks after a document is told in time that it ends: a contract, a certificate, an offer."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.knowledge.documents.models import Document
from fedele.notices.kinds import declare
from fedele.notices.telling import tell
from fedele.tasks.jobs import job

#: Days ahead at which one is told; told once, also when mornings were missed.
AHEAD = 30

declare(
    "document.ending",
    label=_("A document of mine is about to end"),
    text=_("{title} is valid until {day}"),
    icon="file-text",
    why=_("You get this because you look after the document."),
)


@job(retries=2)
def tell_of_ending() -> int:
    """Once a day, in the morning. Returns how many are about to end."""
    today = timezone.localdate()
    ending = Document.objects.filter(trashed_at=None, valid_until__range=(today, today + dt.timedelta(days=AHEAD)))
    count = 0
    for one in ending.select_related("owner").order_by("valid_until", "pk").iterator(chunk_size=500):
        if one.owner is not None and one.owner.rights.covers(one):
            data = {"day": f"{one.valid_until:%d/%m/%Y}"}
            tell(
                one.owner, "document.ending", record=one, data=data, once=f"document.ending {one.pk} {one.valid_until}"
            )
            count += 1
    return count
