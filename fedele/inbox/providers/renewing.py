"""A token that still holds for some minutes. Of several processes that want a new one, one fetches it for all.

Whoever fetches says so in the row first and holds no lock meanwhile: a provider that does not answer keeps nobody from
writing. The others wait and read what it brought.
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.inbox.mailboxes.connecting import unlock
from fedele.inbox.mailboxes.models import Standing
from fedele.inbox.providers.models import Grant
from fedele.inbox.providers.tokens import NotSignedIn, over, renew

#: A token is renewed so long before it ends.
MARGIN = timedelta(minutes=5)
#: Who has been fetching for longer is dead.
LEASE = timedelta(seconds=90)
#: Seconds to wait for what somebody else is fetching.
PATIENCE = 95


def access_token(grant: Grant, *, instead_of: str = "") -> str:
    """Raises `NotSignedIn`. `instead_of`: one that was refused although it should hold."""
    end = time.monotonic() + PATIENCE
    while True:
        grant = _as_it_is(grant)
        token = unlock(grant.access_locked)
        if token and token != instead_of and grant.is_good_for(MARGIN):
            return token
        if _is_mine(grant):
            return _renewed(grant)
        if time.monotonic() > end:
            words = _("%(name)s cannot be asked for a permission: %(said)s")
            raise NotSignedIn(Standing.UNREACHABLE, words % {"name": grant.provider, "said": "…"})
        time.sleep(0.1)


def _as_it_is(grant: Grant) -> Grant:
    now = Grant.objects.select_related("provider").filter(pk=grant.pk).first()
    if now is None or now.is_over:
        raise NotSignedIn(Standing.REFUSED, over(grant.provider), is_over=True)
    return now


def _is_mine(grant: Grant) -> bool:
    """One statement decides who fetches."""
    now = timezone.now()
    free = Q(renewing_since=None) | Q(renewing_since__lt=now - LEASE)
    return bool(Grant.objects.as_read(grant).filter(free).update(renewing_since=now))


def _renewed(grant: Grant) -> str:
    refresh, known = unlock(grant.refresh_locked), Grant.objects.as_read(grant)
    try:
        # Locked with a key that is gone, it is as good as none.
        if not refresh:
            raise NotSignedIn(Standing.REFUSED, over(grant.provider), is_over=True)
        tokens = renew(grant.provider, refresh)
    except NotSignedIn as error:
        known.update(renewing_since=None, is_over=error.is_over)
        raise
    known.update(**grant.values_of(tokens))
    return tokens.access
