"""From bytes to the answer: the one door of this folder."""

from __future__ import annotations

import hashlib
import re
from email.message import Message

from fedele.inbox.reading import automatic, bounces, headers, pec, senders
from fedele.inbox.reading.answer import Reading
from fedele.inbox.reading.html_text import as_text
from fedele.inbox.reading.inviting import invitation_in
from fedele.inbox.reading.parts import opened, parts_of
from fedele.inbox.reading.quoting import split
from fedele.inbox.reading.trust import Trust

#: Of a longer one the rest is not looked at; it is kept all the same.
MOST_BYTES = 64 << 20
NOBODY = Trust()
CLASSES = {"hard": "hard_bounce", "soft": "soft_bounce", "policy": "policy_bounce", "delay": "delay"}


def read(data: bytes, trust: Trust = NOBODY, server: str = "") -> Reading:
    """What this mail is. Never raises; of what cannot be understood the answer is short.

    `trust`: who certifies mail. `server`: whose word counts about its sender.
    """
    data = data[:MOST_BYTES]
    try:
        message = opened(data)
        found = _read(data, message, trust)
        found.claims = senders.claims_of(message)
        if not found.kind.startswith("pec"):
            # Of certified mail the provider's signature says who wrote it.
            found.sender_check = senders.check(found.claims, server, found.sender[1])
    except Exception:
        # Whatever it is, it is kept and shown as far as its beginning can be read.
        found = Reading(text=printable_start(data))
    found.size = len(data)
    found.fingerprint = found.fingerprint or hashlib.sha256(data).hexdigest()
    return found


def printable_start(data: bytes) -> str:
    return re.sub(r"[^\n\t -~]", "", data[:2000].decode("ascii", "ignore"))


def _read(data: bytes, message: Message, trust: Trust) -> Reading:
    subject = headers.text(message, "Subject", 300)
    envelope = pec.envelope_of(data, message, subject, trust)
    kind, inside = envelope.kind, envelope.inside
    found = _plain(inside if inside is not None else message)
    found.pec = envelope.pec
    if inside is not None:
        found.message_id = headers.first_id(message, "Message-ID") or found.message_id
        found.return_path = _return_path(message)
        found.kind = kind
        found.fingerprint = _fingerprint(found, message)
        return found
    found.fingerprint = _fingerprint(found, message)
    found.kind = kind or _kind(message, found)
    return found


def _plain(message: Message) -> Reading:
    """All that does not depend on what kind of mail it is."""
    found = Reading(sender=headers.sender(message), subject=headers.text(message, "Subject", 300))
    for name in ("To", "Cc", "Bcc", "Reply-To"):
        found.recipients[name.lower().replace("-", "_")] = headers.people(message, name)
    found.date = headers.date(headers.raw(message, "Date"))
    found.message_id = headers.first_id(message, "Message-ID")
    found.in_reply_to = headers.first_id(message, "In-Reply-To")
    found.references = headers.ids(headers.raw(message, "References"))
    found.return_path = _return_path(message)
    found.delivered_to = [
        address
        for name in ("Delivered-To", "X-Original-To", "Envelope-To")
        for _who, address in headers.people(message, name)
    ]
    _contents(message, found)
    return found


def _contents(message: Message, found: Reading) -> None:
    parts = parts_of(message)
    found.files, found.html = parts.files, parts.html
    text = parts.text if parts.text.strip() or not parts.html else as_text(parts.html)
    divided = split(text)
    found.text, found.quoted, found.signature = divided.new, divided.quoted, divided.signature
    found.invitation = invitation_in(parts.calendar) if parts.calendar else None


def _return_path(message: Message) -> str | None:
    """None without one; "" for mail that nobody is to answer."""
    value = headers.raw(message, "Return-Path").strip()
    if not value:
        return None
    found = headers.addresses(value)
    return found[0][1] if found else ""


def _kind(message: Message, found: Reading) -> str:
    report = bounces.report_of(message)
    whole = f"{found.text}\n{found.quoted}\n{found.signature}"
    if report == "feedback-report":
        found.complained, original = bounces.complained_of(message)
        found.in_reply_to = found.in_reply_to or original
        return "complaint"
    if report == "disposition-notification":
        found.auto = "report: disposition-notification"
        return "read_receipt"
    if report == "delivery-status":
        found.auto = "report: delivery-status"
        found.bounces = bounces.by_standard(message)
        if not bounces.tells_of_each(message):
            found.bounces = bounces.in_words(message, found.subject, whole, found.sender[1])
        return CLASSES[found.bounces[0].cls] if found.bounces else "automatic"
    if found.bounces == [] and (returned := bounces.in_words(message, found.subject, whole, found.sender[1])):
        found.bounces, found.auto = returned, found.auto or "words of a mail server"
        return CLASSES[returned[0].cls]
    return _from_whom(message, found)


def _from_whom(message: Message, found: Reading) -> str:
    """A machine, a list, or a person."""
    found.list_id = automatic.list_of(message)
    found.auto = automatic.why_automatic(message, found.subject)
    if found.auto and found.invitation is None:
        return automatic.automatic_kind(found.auto, found.subject, found.text)
    if found.invitation is not None:
        return "invitation"
    if found.list_id:
        return "list"
    if bounces.phrases_bounce.DAEMON.match(found.sender[1]) and found.return_path == "":
        found.auto = "Return-Path: <>"
        return "automatic"
    return "message"


def _fingerprint(found: Reading, message: Message) -> str:
    """The same for one mail that came by two ways, another for two mails that claim one Message-ID."""
    body = re.sub(r"\s+", "", f"{found.text}{found.quoted}{found.signature}{'' if found.text else found.html}")
    files = "|".join(hashlib.sha256(one.data).hexdigest() for one in found.files)
    parts = (found.sender[1], headers.raw(message, "Date").strip(), found.subject, body, files)
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()
