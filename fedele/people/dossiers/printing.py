"""From what was gathered to a PDF. The texts reach the typesetter as data beside its program, so that no text is ever program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.text import slugify

from fedele.people.dossiers.gathering import gathered

SOURCE = Path(__file__).with_name("dossier.typ")
#: Readable by machines and screen readers: tagged, with title and language.
STANDARD = "ua-1"


def pdf_of(record: Any, user: Any, chosen: Sequence[str]) -> bytes:
    data = json.dumps(gathered(record, user, chosen), ensure_ascii=False)
    made = typst.compile(_program(), sys_inputs={"data": data}, ignore_system_fonts=True, pdf_standards=[STANDARD])
    return bytes(made)


@cache
def _program() -> bytes:
    return SOURCE.read_bytes()


def name_of(record: Any) -> str:
    return f"{slugify(str(record))[:80] or record.record_type}-{record.pk}.pdf"
