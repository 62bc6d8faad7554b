from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fedele.base.tests.sharing import shared_database
from fedele.records.exchange.tests.conftest import as_, cast, company, files_of_the_test, giulia, in_english

__all__ = ["as_", "cast", "company", "files_of_the_test", "giulia", "in_english", "shared_database"]


@pytest.fixture(autouse=True)
def pictures_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
