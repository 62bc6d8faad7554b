"""Documents on a person's own record are about that person: erased with them, with all versions, words and pictures."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fedele.journal.redacting import redact_own
from fedele.knowledge.documents.models import Document
from fedele.people.privacy.erasing import before_erasing


@before_erasing
def erase_documents(person: Any) -> int:
    """Those in the trash, too. What lies on the company or a sale stays: it is the company's paper."""
    about = Q(pk__in=())
    for key, ids in person.ids.items():
        about |= Q(about_type=key, about_id__in=ids)
    found = list(Document.objects.filter(about))
    ids = [one.pk for one in found]
    for one in found:
        one.erase()
    redact_own("document", ids)
    return len(found)
