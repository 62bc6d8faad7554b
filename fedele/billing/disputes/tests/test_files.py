"""The documents of a dispute are documents: taken, seen and refused as everywhere (A-54)."""

from __future__ import annotations

from typing import Any

import pytest

from fedele.knowledge.documents.models import Document
from fedele.knowledge.documents.tests.making import newest, office, pdf, send


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ\x90"), ("invoice.pdf", b"MZ\x90\x00"), ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='x'/>"), ("code.js", b"x"), ("shell.php", b"<?php"), (".htaccess", b"x"),
        ("picture.gif", b"GIF89a/*"), ("x.png", b"GIF89a"), ("notes.txt", b"a\x00b"), ("noending", pdf("x")),
        ("letter.pdf.", b"x"), ("sheet.xlsx", office(word__document="<x/>")), ("sheet.xlsx", b"PK\x03\x04 broken"),
        ("empty.pdf", b""),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_or_can_run_is_refused(dispute: Any, as_: Any, name: str, content: bytes) -> None:
    assert send(as_("giulia"), dispute, name, content).status_code in (400, 422)
    assert not Document.objects.exists()


def test_who_sees_the_dispute_sees_its_documents_and_so_does_the_customers_page(dispute: Any, as_: Any) -> None:
    send(as_("giulia"), dispute, "letter.pdf", pdf("Reclamo"))
    made = newest()
    assert (made.about_type, made.about_id, made.company_id) == ("dispute", dispute.pk, dispute.company_id)
    for who, status in (("chiara", 200), ("marco", 404), ("eva", 404), ("davide", 200)):
        assert as_(who).get(f"/documents/{made.pk}/versions/1/").status_code == status, who
