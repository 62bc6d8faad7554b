"""On the page of a record: that it is perhaps there twice."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.people.duplicates.queue.models import Proposal
from fedele.people.duplicates.queue.reading import HOME
from fedele.people.duplicates.queue.seeing import TYPES, decides, visible
from fedele.records.adding import Banner, adds_banners
from fedele.records.beforehand import asks_beforehand, may_have

#: Counted no further on a page.
ENOUGH = 20


@asks_beforehand(*TYPES)
def whether_proposed(record_type: Any) -> dict[str, Any]:
    first, second = (
        Exists(Proposal.objects.open().filter(**{f"type_{side}": record_type.key, f"id_{side}": OuterRef("pk")}))
        for side in ("a", "b")
    )
    return {"proposals": first | second}


@adds_banners(*TYPES)
def banners(record: Any, user: Any) -> list[Banner]:
    if not decides(user) or record.is_trashed or not may_have(record, "proposals"):
        return []
    about = Proposal.objects.open().touching({(record.record_type, record.pk)})
    number = visible(about, user)[:ENOUGH].count()
    if not number:
        return []
    text = ngettext("%(n)s possible duplicate", "%(n)s possible duplicates", number) % {"n": number}
    return [Banner(text, "warn", f"{HOME}?about={record.record_type}:{record.pk}", _("Compare"))]
