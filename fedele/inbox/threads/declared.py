"""What the API gets of mail."""

from __future__ import annotations

from fedele.records.api.further import adds_router

adds_router("messages", "fedele.inbox.threads.api.router")
