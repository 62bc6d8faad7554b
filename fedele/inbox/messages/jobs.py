"""Mail of before it could be searched is made findable bit by bit, after an update, while everybody works on."""

from __future__ import annotations

from django.db import transaction

from fedele.inbox.messages.finding import following, index_messages
from fedele.tasks.jobs import job

#: Batches of messages in one job: some seconds of work.
BATCHES = 4


@job(retries=5)
def make_findable(after: int = 0) -> int:
    """From the message `after` on; the rest is left to the next job. Returns where it got to."""
    for _batch in range(BATCHES):
        with transaction.atomic():
            some = following(after)
            index_messages(some)
        if not some:
            return after
        after = some[-1].pk
    make_findable.enqueue(after)
    return after
