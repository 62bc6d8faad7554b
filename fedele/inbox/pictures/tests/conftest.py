from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fedele.inbox.sending.tests.conftest import elena, everybody_reads_english, in_english, mailbox, sales, server

__all__ = ["elena", "everybody_reads_english", "in_english", "mailbox", "sales", "server"]


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
