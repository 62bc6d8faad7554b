"""Who is told of what: the inbox, e-mail, daily digest and push, as each person prefers.

A department declares in its `notices.py` who is told when something happens. Nobody is told of their own acts, nor of
a record they may not see; what they may no longer see later is not shown in an old notice either.
"""

from __future__ import annotations

from typing import Any


def unread_count(user: Any) -> int:
    """Unread notices of `user`, counted up to 100. One statement on an index of unread ones only."""
    from fedele.notices.models import Notice

    return Notice.objects.inbox_of(user).unread().shown()[:100].count()
