"""How much there is in the index, for the setup pages and `fedele check`."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from fedele.search.engines import engine
from fedele.search.models import Document, Word


def statistics() -> dict[str, Any]:
    """{"documents": {record type: how many}, "words": how many, "trigrams": whether they are indexed}."""
    documents = Document.objects.values_list("record_type").annotate(Count("pk")).order_by("record_type")
    return {"documents": dict(documents), "words": Word.objects.count(), "trigrams": engine().has_trigrams()}
