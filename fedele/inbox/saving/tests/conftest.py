from __future__ import annotations

from fedele.inbox.threads.tests.conftest import in_english

__all__ = ["in_english"]
