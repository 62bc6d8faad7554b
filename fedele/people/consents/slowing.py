"""How often somebody may ask the public pages: enough for a family behind one address, too little to try links."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from fedele.access.watching import whence

#: Requests in so many seconds from one address.
MOST, SECONDS = 60, 60


def too_many(request: HttpRequest) -> bool:
    key = "public:" + hashlib.sha256(str(whence(request)["ip"]).encode()).hexdigest()[:32]
    if cache.add(key, 1, SECONDS):
        return False
    try:
        return bool(cache.incr(key) > MOST)
    except ValueError:  # It ran out between the two.
        return False
