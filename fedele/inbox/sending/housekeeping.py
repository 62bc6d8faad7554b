"""Nothing stays «being sent» for ever."""

from __future__ import annotations

from fedele.inbox.sending.leaving import settle_uncertain
from fedele.tasks.jobs import job


@job()
def settle() -> int:
    """E-mails whose process died while the server had them, and whose job is gone too: their authors are told."""
    return settle_uncertain()
