from __future__ import annotations

from fedele.base.tests.sharing import shared_database

__all__ = ["shared_database"]
