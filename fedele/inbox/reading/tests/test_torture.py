"""Mail made to break its reader (A-67): always an answer, in bounded time."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fedele.inbox.reading import read
from fedele.inbox.reading.quoting import split
from fedele.inbox.reading.tests.test_samples import NAMES, SAMPLES

SECONDS = 8.0


def nested(levels: int) -> bytes:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels))
    return b"From: a@b.example\n" + head + b"Content-Type: text/plain\n\ndeep\n"


def wrapped(levels: int) -> bytes:
    return b"Content-Type: message/rfc822\n\n" * levels + b"From: a@b.example\n\nin the middle\n"


HARD = {
    "100 levels": nested(100),
    "3,000 levels": nested(3000),
    "messages in messages": wrapped(500),
    "10,000 parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * 10_000,
    "10,000 files": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: a/b; name=x\n\nx\n" * 10_000,
    "header of a megabyte": b"Subject: " + b"a" * 1_000_000 + b"\n\nx",
    "20,000 senders": b"From: " + b"Anna <anna@example.com>, " * 20_000 + b"\n\nx",
    "open brackets": b"From: " + b"<" * 100_000 + b"\n\nx",
    "open quotes and comments": b"From: " + b'("' * 100_000 + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nx",
    "one long line": b"\n" + b"a " * 2_000_000,
    "quotation marks": b"\n" + b"> " * 1_000_000,
    "lines of On": b"\n" + b"On 1\n" * 100_000,
    "lines of farewell": b"\n" + b"Cordiali saluti\n" * 50_000,
    "empty lines": b"\n" * 500_000,
    "nested html": b"Content-Type: text/html\n\n" + b"<div>" * 200_000,
    "open html": b"Content-Type: text/html\n\n" + b"<b <i " * 200_000,
    "nested quotations": b"Content-Type: text/html\n\n" + b"<blockquote>" * 30_000 + b"x",
    "bold in bold": b"Content-Type: text/html\n\n" + b"<b><i><u>" * 12_000 + b"x",
    "addresses": b"From: mailer-daemon@x.example\nSubject: Undeliverable\n\n" + b"a@b.example " * 100_000,
    "dots": b"From: mailer-daemon@x.example\nSubject: Undeliverable\n\n" + b"a." * 500_000,
    "status codes": b"From: mailer-daemon@x.example\nSubject: Undeliverable\n\n" + b"5.1.1 550 " * 100_000,
    "calendar": b"Content-Type: text/calendar\n\nBEGIN:VEVENT\n" + b"A:" * 500_000,
    "xml": b"Subject: CONSEGNA: x\nContent-Type: application/xml; name=daticert.xml\n\n" + b"<mittente " * 200_000,
    "references": b"References: " + b"<a@b> " * 100_000 + b"\n\nx",
    "base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b"=" * 1_000_000,
    "uuencoded": b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n" + b"M" * 500_000,
    "codecs that are no character sets": b"Content-Type: text/plain; charset=unicode_escape\n\n\\x41",
}  # fmt: skip


@pytest.mark.parametrize("name", HARD)
def test_torture_is_answered_in_time(name: str) -> None:
    began = time.process_time()
    told = read(HARD[name]).told()
    assert time.process_time() - began < SECONDS
    assert told["size"] == len(HARD[name])
    assert len(told["attachments"]) <= 300
    assert len(told["subject"]) <= 300


def test_fifty_megabytes_are_read_and_their_file_is_whole() -> None:
    data = base64.encodebytes(b"\x00\x01\x02" * 12_000_000)
    head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nbig\n"
    began = time.process_time()
    found = read(
        head + b"--b\nContent-Type: a/b; name=x.bin\nContent-Transfer-Encoding: base64\n\n" + data + b"\n--b--\n"
    )
    assert (found.text, [one.size for one in found.files]) == ("big", [36_000_000])
    assert time.process_time() - began < SECONDS * 2


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    assert read(data).told()["size"] == len(data)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_a_damaged_mail_has_an_answer(name: str, drawn: st.DataObject) -> None:
    data = bytearray((SAMPLES / f"{name}.eml").read_bytes())
    for _ in range(drawn.draw(st.integers(1, 8))):
        at = drawn.draw(st.integers(0, len(data)))
        data[at : at + drawn.draw(st.integers(0, 40))] = drawn.draw(st.binary(max_size=20))
    told = read(bytes(data)).told()
    assert told["kind"]
    for value in (told["subject"], told["new_text"], told["sender"]["name"]):
        assert "\x00" not in value
        value.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "",
                "> x",
                "On 1 Jan 2024, A wrote:",
                "Da: a",
                "A: b",
                "Oggetto: c",
                "-- ",
                "Cordiali saluti",
                "Ciao,",
                "Tel. 1",
                "_____",
            ]
        ),
        max_size=25,
    )
)
def test_every_line_ends_up_in_one_place(lines: list[str]) -> None:
    found = split("\n".join(lines))
    parts = f"{found.new}\n{found.quoted}\n{found.signature}".split("\n")
    assert sorted(one.strip() for one in parts if one.strip()) == sorted(one.strip() for one in lines if one.strip())
