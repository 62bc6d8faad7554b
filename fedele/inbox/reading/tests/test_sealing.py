"""A provider's signature is good over the very bytes it was made for, on its own day, with its own address; nothing else is certified."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fedele.inbox.reading import read
from fedele.inbox.reading.tests.sealing import PROVIDER, Party, party, sealed
from fedele.inbox.reading.trust import Trust, Unusable, trust_in

SAMPLES = Path(__file__).parent / "samples"
MESSAGE = (SAMPLES / "pec-message.eml").read_bytes()


def told(data: bytes, *trusted: Party) -> tuple[Any, ...]:
    """(kind, what the signature is, why)"""
    found = read(data, Trust(tuple(one.certificate for one in trusted)))
    assert found.pec is not None
    return found.kind, found.pec.signed, found.pec.why


def test_good_and_by_somebody_who_is_trusted(authority: Party, provider: Party) -> None:
    data = sealed(MESSAGE, provider)
    found = read(data, Trust((authority.certificate,)))
    assert (found.kind, found.sender[1], found.text) == (
        "pec",
        "acquisti@pec.rinaldi.example",
        "Con la presente diffidiamo.",
    )
    assert found.pec is not None
    assert (found.pec.signed, found.pec.why, found.pec.signer) == ("certified", "", PROVIDER)
    assert told(data, provider) == ("pec", "certified", "")
    assert told(data.replace(b"\n", b"\r\n"), authority) == ("pec", "certified", "")


def test_good_and_nobody_said_whom_to_trust(provider: Party) -> None:
    assert told(sealed(MESSAGE, provider)) == ("pec", "intact", "no_list")


def test_good_and_by_somebody_not_on_the_list(provider: Party) -> None:
    other = party("Other root", ca=True)
    assert told(sealed(MESSAGE, provider), other) == ("pec", "intact", "unknown_issuer")
    # One of the same name as the trusted one, made by whoever likes.
    twin = party("Root", ca=True)
    assert told(sealed(MESSAGE, party("Provider", twin, address=PROVIDER), twin), party("Root", ca=True)) == (
        "pec",
        "intact",
        "unknown_issuer",
    )


def test_certified_over_an_authority_in_between(authority: Party) -> None:
    between = party("Between", authority, ca=True)
    data = sealed(MESSAGE, party("Provider", between, address=PROVIDER), between)
    assert told(data, authority) == ("pec", "certified", "")
    # Whoever has a certificate for mail is no authority for others.
    nobody = party("Somebody", authority, address="chiunque@pec.example")
    forged = sealed(MESSAGE, party("Provider", nobody, address=PROVIDER), nobody)
    assert told(forged, authority) == ("pec", "intact", "unknown_issuer")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"diffidiamo", b"paghiamo!!"),
        (b"acquisti@pec.rinaldi.example>\nTo", b"altri@pec.rinaldi.example>\nTo"),
    ],
)
def test_changed_after_signing(authority: Party, provider: Party, before: bytes, after: bytes) -> None:
    data = sealed(MESSAGE, provider)
    assert before in data
    assert told(data.replace(before, after), authority) == ("message", "broken", "changed")


def test_with_the_address_of_another_provider(authority: Party, provider: Party) -> None:
    data = sealed(MESSAGE, provider).replace(PROVIDER.encode(), b"posta-certificata@pec.altro.example")
    assert told(data, authority) == ("message", "broken", "sender")
    assert told(sealed(MESSAGE, party("No address", authority)), authority) == ("message", "broken", "sender")


def test_with_a_certificate_that_had_ended(authority: Party) -> None:
    old = party("Provider", authority, address=PROVIDER, days=(-900, -200))
    assert told(sealed(MESSAGE, old), authority) == ("message", "broken", "expired")
    ended = party("Root", ca=True, days=(-3650, -200))
    assert told(sealed(MESSAGE, party("Provider", ended, address=PROVIDER)), ended) == (
        "pec",
        "intact",
        "unknown_issuer",
    )


def test_with_a_key_that_can_be_broken(authority: Party) -> None:
    weak = party("Provider", authority, address=PROVIDER, bits=1024)
    assert told(sealed(MESSAGE, weak), authority) == ("message", "broken", "weak")


def test_a_signature_of_another_mail(authority: Party, provider: Party) -> None:
    """A good signature that was taken from somewhere else."""
    receipt = sealed((SAMPLES / "pec-acceptance.eml").read_bytes(), provider)
    data = sealed(MESSAGE, provider)
    moved = data[: data.rindex(b"\n\nMII")] + receipt[receipt.rindex(b"\n\nMII") :]
    assert told(moved, authority) == ("message", "broken", "changed")


def test_a_receipt_is_what_is_signed_not_what_a_header_says(authority: Party, provider: Party) -> None:
    """An acceptance, sent on as if it said that the mail was delivered."""
    data = sealed((SAMPLES / "pec-acceptance.eml").read_bytes(), provider)
    forged = data.replace(b"X-Ricevuta: accettazione", b"X-Ricevuta: avvenuta-consegna").replace(
        b"Subject: ACCETTAZIONE:", b"Subject: CONSEGNA:"
    )
    assert told(forged, authority) == ("pec_acceptance", "certified", "")


def test_what_stands_before_and_after_the_signed_part_is_not_read(authority: Party, provider: Party) -> None:
    data = sealed(MESSAGE, provider)
    two = data.replace(
        b"\n--=_s\n", b'\nContent-Type: text/plain; name="daticert.xml"\n\n<postacert tipo="x">\n--=_s\n', 1
    )
    assert told(two, authority) == ("pec", "certified", "")
    # A first part of somebody else's and the signed one after it: three parts are no signed mail.
    three = data.replace(b"\n--=_s\n", b"\n--=_s\nContent-Type: text/plain\n\nPagate\n--=_s\n", 1)
    assert told(three, authority) == ("message", "none", "")


@pytest.mark.parametrize("at", [20, 400, 900, 1300, 1700])
def test_a_damaged_signature_certifies_nothing_and_raises_nothing(authority: Party, provider: Party, at: int) -> None:
    data = sealed(MESSAGE, provider)
    place = data.rindex(b"\n\nMII") + 2 + at
    for letter in (b"A", b"Z", b""):
        damaged = data[:place] + letter + data[place + 1 :]
        # Damage to the certificate itself leaves nobody who is trusted to have issued it.
        assert damaged == data or told(damaged, authority)[1] in ("broken", "intact")


def test_the_list_is_a_file_or_a_folder(tmp_path: Path, authority: Party, provider: Party) -> None:
    (tmp_path / "root.pem").write_bytes(authority.pem)
    (tmp_path / "notes.txt").write_text("not a certificate")
    data = sealed(MESSAGE, provider)
    for place in (tmp_path, tmp_path / "root.pem"):
        pec = read(data, trust_in(place)).pec
        assert pec is not None
        assert pec.signed == "certified"
    (tmp_path / "more.pem").write_text("nothing")
    for place in (tmp_path, tmp_path / "missing.pem"):
        with pytest.raises(Unusable):
            trust_in(place)
    assert not trust_in("")
