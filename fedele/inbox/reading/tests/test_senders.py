"""Whose word counts about a sender, and what it says."""

from __future__ import annotations

import pytest

from fedele.inbox.reading import read
from fedele.inbox.reading.parts import opened
from fedele.inbox.reading.senders import claims_of, learnt, seen

OURS = "mx.aurora.example"
TOP = f"Received: from mail.x.example by {OURS} with ESMTPS; Tue, 12 Mar 2024 10:00:01 +0100\r\n"


def mail(*found: str, above: str = "", sender: str = "anna@rinaldi.example") -> bytes:
    """With these headers of results below the line of our server."""
    headers = "".join(f"Authentication-Results: {one}\r\n" for one in found)
    return f"{above}{TOP}{headers}From: Anna <{sender}>\r\nSubject: IBAN\r\n\r\nNuovo IBAN\r\n".encode()


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("dmarc=pass header.from=rinaldi.example", ("proven", "")),
        ("spf=pass smtp.mailfrom=anna@rinaldi.example; dkim=none", ("proven", "")),
        (
            "spf=fail smtp.mailfrom=x.example; dkim=pass (2048 bit key; ok) header.d=mail.rinaldi.example",
            ("proven", ""),
        ),
        ('dkim=pass reason="a; b=c" header.i=@rinaldi.example', ("proven", "")),
        ("dmarc=fail (p=NONE sp=NONE) header.from=rinaldi.example", ("failed", "dmarc")),
        ("spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example", ("failed", "spf_dkim")),
        ("spf=softfail smtp.mailfrom=rinaldi.example; dkim=none", ("failed", "spf_dkim")),
        ("spf=pass smtp.mailfrom=notrinaldi.example; dkim=none; dmarc=none", ("failed", "spf_dkim")),
        ("spf=pass smtp.mailfrom=example; dkim=none", ("failed", "spf_dkim")),
        ("spf=none; dkim=none; dmarc=none", ("unknown", "silent")),
        ("spf=temperror; dkim=neutral", ("unknown", "silent")),
        ("none", ("unknown", "no_result")),
        ("(dmarc=pass) dkim=none (dmarc=pass", ("unknown", "silent")),
    ],
)
def test_what_our_server_found(said: str, verdict: tuple[str, str]) -> None:
    found = read(mail(f"{OURS}; {said}"), server=OURS).sender_check
    assert (found.verdict, found.why) == verdict


def test_what_others_say_is_a_claim() -> None:
    forged = mail("mx.google.com; dmarc=pass header.from=rinaldi.example")
    told = read(forged, server=OURS).told()["sender_check"]
    assert told == {
        "verdict": "unknown",
        "why": "no_result",
        "server": OURS,
        "results": [],
        "claimed_by": ["mx.google.com"],
    }
    assert read(forged).sender_check.why == "no_server"


def test_in_our_servers_name_the_topmost_counts() -> None:
    """What a stranger wrote stands below the line our server wrote on top."""
    real = f"Authentication-Results: {OURS}; dmarc=fail header.from=rinaldi.example\r\n"
    forged = f"{OURS}; dmarc=pass header.from=rinaldi.example"
    assert read(mail(forged, above=real), server=OURS).sender_check.verdict == "failed"


def test_several_programs_of_one_server_speak_together() -> None:
    both = (f"{OURS}; spf=none", f"{OURS}; dmarc=pass header.from=rinaldi.example")
    assert read(mail(*both), server=OURS.upper()).sender_check.verdict == "proven"


def test_our_server_is_learnt_only_where_no_stranger_can_write() -> None:
    real = f"Authentication-Results: {OURS}; spf=none\r\n"
    assert learnt(claims_of(opened(mail(above=real))), "imap.aurora.example") == OURS
    below = claims_of(opened(mail("mx.evil.example; dmarc=pass")))
    assert (learnt(below, "imap.aurora.example"), seen(below)) == ("", "mx.evil.example")
    google = claims_of(opened(mail("mx.google.com; dmarc=pass")))
    assert learnt(google, "imap.gmail.com") == "mx.google.com"


def test_a_server_that_leaves_its_name_out() -> None:
    """As Microsoft 365 writes it."""
    said = "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=rinaldi.example; dkim=none;dmarc=fail action=none header.from=rinaldi.example"
    server = learnt(claims_of(opened(mail(said))), "outlook.office365.com")
    assert (server, read(mail(said), server=server).sender_check.why) == ("unnamed", "dmarc")


@pytest.mark.parametrize("said", ["", ";", "=", "((((", '"', "a;b;c;" * 500, "x" * 100_000, "; dkim=", "spf=pass"])
def test_nonsense_raises_nothing(said: str) -> None:
    assert read(mail(said), server=OURS).sender_check.verdict == "unknown"
