"""Small files of real kinds, made here: a PDF with words in it, photos with a place, office documents."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fedele.knowledge.documents.models import Document


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text on each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, text in enumerate(pages):
        content = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET" if text else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
            f"startxref\n{start}\n%%EOF\n"
        ).encode()
    )


def jpeg(*, place: bool = False, turned: bool = False) -> bytes:
    """20 by 10, red at the left; with `turned` stored lying on its side."""
    image = Image.new("RGB", (20, 10), "blue")
    image.paste("red", (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    if turned:
        exif[0x0112] = 6
    if place:
        exif[0x8825] = {1: "N", 2: (45.0, 32.0, 0.0), 3: "E", 4: (10.0, 13.0, 0.0)}
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def office(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return file.getvalue()


def docx(text: str) -> bytes:
    words = f'<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    return office(word__document=words)


def send(browser: Any, about: Any, name: str, content: bytes, **more: Any) -> Any:
    """As the page does: one file, by the element that drops it."""
    data = {"file": SimpleUploadedFile(name, content), **more}
    if about is not None:
        data["on"] = f"{about.record_type}:{about.pk}"
    return browser.post("/documents/upload/", data, headers={"HX-Request": "true"})


def newest() -> Document:
    return Document.objects.order_by("-pk")[0]
