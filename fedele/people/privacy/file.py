"""The whole file of one person, to be given to them: readable by people and by programs (GDPR, articles 15 and 20)."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.text import slugify

from fedele.base.house import house
from fedele.journal.writing import write
from fedele.people.privacy.holding import held
from fedele.people.privacy.person import Person


def file_of(person: Person, user: Any) -> tuple[str, bytes]:
    """(name, content) of a ZIP with the file as a page and as JSON; that it was made stands in the journal."""
    content = held(person)
    language = getattr(person.main, "language", "") or translation.get_language()
    with translation.override(language):
        context = {
            "person": person,
            "house": house(),
            "made_on": timezone.localdate(),
            "held": content,
            "language": language,
        }
        page = get_template("people/privacy/file.html").render(context)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("file.html", page)
        archive.writestr("file.json", json.dumps(content, ensure_ascii=False, indent=1, default=str))
    for one in person.records:
        write(one, "file_given")
    return f"{slugify(str(person)) or 'file'}.zip", packed.getvalue()
