"""How much a request declares to bring, asked before a byte of it is read: checking a form for forgery reads the whole."""

from __future__ import annotations

from django.http import HttpRequest

#: What a form with a file weighs besides the file, at most, in bytes.
MARGIN = 1 << 20


def brings_more_than(request: HttpRequest, most: int) -> bool:
    """`most`: bytes of the file. What declares no size is empty to us (see config/uploads.py)."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return declared.isdigit() and int(declared) > most + MARGIN
