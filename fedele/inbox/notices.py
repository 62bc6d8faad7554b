"""Whom this department tells what."""

from fedele.inbox.conversations import noticing  # noqa: F401 (declarations)
