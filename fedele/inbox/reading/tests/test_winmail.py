"""What Outlook packed is there as if it had come like all other mail."""

from __future__ import annotations

import base64
import random
import struct
import time
from pathlib import Path

import pytest

from fedele.inbox.reading import read, tnef
from fedele.inbox.reading.rtf import decompressed, text_of
from fedele.inbox.reading.tests.packing import file, literal_rtf, piece, properties, winmail

PDF = b"%PDF-1.4 offer"
RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator X;}\pard Citt\'e0 \u8364?100\par {\b Ciao} \{a\}\tab b\par}"


def mail(packed: bytes, text: str = "", kind: str = 'application/ms-tnef; name="winmail.dat"') -> bytes:
    body = f"--=_m\nContent-Type: text/plain\n\n{text}\n" if text else ""
    data = base64.encodebytes(packed).decode()
    return (
        "From: Paolo <paolo@rinaldi.example>\nSubject: Offerta\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/mixed; boundary="=_m"\n\n{body}'
        f"--=_m\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\n{data}--=_m--\n"
    ).encode()


def test_files_have_their_names_and_types_back() -> None:
    offer = file(PDF, LONG_NAME="Offerta àè 12.pdf", MIME_TYPE="application/pdf")
    logo = file(b"\x89PNG", b"logo.png\0", CONTENT_ID="<logo@x>")
    found = read(mail(winmail(offer, logo), "Vedi allegato."))
    assert [(one.name, one.type, one.data, one.cid) for one in found.files] == [
        ("Offerta àè 12.pdf", "application/pdf", PDF, ""),
        ("logo.png", "image/png", b"\x89PNG", "logo@x"),
    ]
    assert found.text == "Vedi allegato."


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        (piece(tnef.BODY, "Perché no?\r\nPaolo\0".encode("cp1252")), "Perché no?\nPaolo"),
        (piece(tnef.PROPERTIES, properties(TEXT="Perché no?")), "Perché no?"),
        (piece(tnef.PROPERTIES, properties(INTERNET_CODEPAGE=1252, HTML=b"<p>Perch\xe9 no?</p>")), "Perché no?"),
        (piece(tnef.PROPERTIES, properties(RTF=literal_rtf(RTF))), "Città €100\nCiao {a}\tb"),
    ],
)
def test_the_text_is_that_of_the_mail_when_it_has_none(packed: bytes, text: str) -> None:
    assert read(mail(winmail(packed))).text == text
    assert read(mail(winmail(packed), "Il testo vero")).text == "Il testo vero"


def test_html_wrapped_in_rtf_is_read_without_its_double() -> None:
    rtf = rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Buongiorno{\*\htmltag72 </p>}\htmlrtf\par}\htmlrtf0{\*\htmltag64 <p>}Paolo}"
    assert text_of(rtf) == "Buongiorno\nPaolo"


def test_compressed_text_is_expanded() -> None:
    """The example of Microsoft's own description (MS-OXRTFCP, 4.1 and 4.2)."""
    simple = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert decompressed(simple) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    crossing = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert decompressed(crossing) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_a_message_inside_gives_its_text_and_its_files() -> None:
    inner = winmail(
        piece(tnef.PROPERTIES, properties(SUBJECT="Ordine", TEXT="Il testo di prima")), file(PDF, LONG_NAME="a.pdf")
    )
    outer = winmail(file(b"", b"\0", CONTENT=tnef._MESSAGE + inner))
    found = read(mail(outer, "Inoltro"))
    assert [(one.name, one.data) for one in found.files] == [("Ordine.txt", b"Il testo di prima"), ("a.pdf", PDF)]


def test_what_is_no_tnef_stays_a_file() -> None:
    (only,) = read(mail(b"something else")).files
    assert (only.name, only.data) == ("winmail.dat", b"something else")


def test_names_lead_nowhere_and_types_inject_nothing() -> None:
    (only,) = read(mail(winmail(file(PDF, LONG_NAME="../../etc/pass\r\nwd", MIME_TYPE="text/html\r\nX: y")), "x")).files
    assert ("/" in only.name, "\n" in only.name, only.type) == (False, False, "application/octet-stream")


def test_damage_anywhere_raises_nothing() -> None:
    whole = winmail(piece(tnef.PROPERTIES, properties(RTF=literal_rtf(RTF), TEXT="Ciao")), file(PDF, LONG_NAME="a.pdf"))
    chance = random.Random(7)
    for _each in range(2000):
        data = bytearray(whole[: chance.randrange(6, len(whole))] if chance.random() < 0.5 else whole)
        for _letter in range(3):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        found = tnef.unpack(bytes(data))
        assert found is not None
        assert sum(len(one.data) for one in found.files) <= 2 * len(whole)


def test_many_small_pieces_and_deep_ones_take_no_time() -> None:
    begun = time.monotonic()
    tnef.unpack(winmail(piece(tnef.FILE_BEGINS, b"", 2) * 2_000_000))
    tnef.unpack(
        winmail(piece(tnef.PROPERTIES, struct.pack("<I", 0xFFFFFFFF) + b"\x03\x10\x00\x00" + b"\xff" * 4_000_000))
    )
    deep = winmail()
    for _each in range(200):
        deep = winmail(file(b"", b"x\0", CONTENT=tnef._MESSAGE + deep))
    assert tnef.unpack(deep) is not None
    bomb = struct.pack("<II4sI", 0, 0xFFFFFFFF, b"LZFu", 0) + b"\xff" + (b"\x00\x1f" * 8 + b"\xff") * 400_000
    assert len(decompressed(bomb)) <= 4 << 20
    assert time.monotonic() - begun < 8


def test_every_sample_of_before_is_as_it_was() -> None:
    sample = Path(__file__).parent / "samples" / "attachment-winmail.eml"
    assert [one.name for one in read(sample.read_bytes()).files] == ["winmail.dat"]
