"""Mail that came back: whose address, whether for good, and which of our messages it was.

Reports by the standards (RFC 3464, 5965) are read as they are; the rest – Exim, qmail, old Exchange, Italian providers – by
the words programs have used for decades.
"""

from __future__ import annotations

import re
from email.message import Message

from fedele.inbox.reading import headers, parts, phrases_bounce
from fedele.inbox.reading.answer import Bounce
from fedele.inbox.reading.characters import header_text

MOST = 200
_ADDRESS = re.compile(r"[\w.+%!#$&'*/=?^`{|}~-]{1,80}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.\[-])([45]\d\d)[ \-#)]")
_ID_LINE = re.compile(r"^[>\s]*Message-ID:\s*<([^<>\s]{1,400})>", re.IGNORECASE | re.MULTILINE)


def report_of(message: Message) -> str:
    """delivery-status, disposition-notification, feedback-report; "" for no report."""
    if message.get_content_type() != "multipart/report":
        return next((one for one in _kinds(message) if one), "")
    named = message.get_param("report-type", "")
    return str(named).lower() if isinstance(named, str) else next((one for one in _kinds(message) if one), "")


def _kinds(message: Message) -> list[str]:
    names = {"message/delivery-status": "delivery-status", "message/disposition-notification": "disposition-notification",
             "message/feedback-report": "feedback-report"}  # fmt: skip
    return [names.get(part.get_content_type(), "") for part in parts.walk(message)]


def by_standard(message: Message) -> list[Bounce]:
    """One for each address a delivery report speaks of, those that were reached left out."""
    original = _original_id(message)
    bounces = (_bounce(fields, original) for fields in _told(message))
    return [bounce for bounce in bounces if bounce is not None][:MOST]


def tells_of_each(message: Message) -> bool:
    """Whether the report says what became of each address, be it that all were reached."""
    return any(headers.raw(fields, "Action") for fields in _told(message))


def _told(message: Message) -> list[Message]:
    kinds = ("message/delivery-status", "message/global-delivery-status")
    told = [_groups(part) for part in parts.walk(message) if part.get_content_type() in kinds]
    return [fields for groups in told for fields in groups[: MOST + 1]]


def _groups(part: Message) -> list[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return [one for one in payload if isinstance(one, Message)]
    return [parts.opened(block.encode()) for block in parts.text_of(part).split("\n\n")[: MOST + 1]]


def _bounce(fields: Message, original: str) -> Bounce | None:
    action = headers.text(fields, "Action", 40).lower()
    where = headers.raw(fields, "Original-Recipient") or headers.raw(fields, "Final-Recipient")
    found = _ADDRESS.search(header_text(where.partition(";")[2] or where, 400))
    if not where or action in ("delivered", "relayed", "expanded"):
        return None
    status = (_STATUS.search(headers.text(fields, "Status", 200)) or [""])[0]
    diagnostic = headers.text(fields, "Diagnostic-Code", 600).partition(";")[2].strip() or headers.text(
        fields, "Diagnostic-Code", 600
    )
    cls = "delay" if action == "delayed" else class_of(status, diagnostic)
    return Bounce(found[0].lower() if found else "", status, cls, diagnostic[:300], original)


def class_of(status: str, diagnostic: str) -> str:
    """hard, soft or policy. A status names it where it is precise; the words decide where it is not."""
    precise = (_STATUS.search(diagnostic) or [""])[0] if status in ("", "5.0.0", "4.0.0", "5.5.0", "5.3.0") else status
    status = precise or status
    if status.startswith(("5.7", "4.7")) and not phrases_bounce.GONE.search(diagnostic):
        return "policy"
    if status.startswith("4"):
        return "soft"
    for cls, words in (
        ("policy", phrases_bounce.REFUSED),
        ("soft", phrases_bounce.FULL),
        ("hard", phrases_bounce.GONE),
    ):
        if words.search(diagnostic) and not (status.startswith("5.1.") and cls != "hard"):
            return cls
    if status.startswith(("5.2.2", "5.2.3", "5.3", "5.4.5", "5.4.6")):
        return "soft"
    if status.startswith("5"):
        return "hard"
    code = _CODE.search(f"{diagnostic} ")
    return "soft" if code and code[1].startswith("4") else "hard"


def in_words(message: Message, subject: str, text: str, sender: str) -> list[Bounce]:
    """Of a report without standard parts; empty when it is none."""
    if not looks_returned(message, subject, text, sender):
        return []
    said, copy = _above_the_copy(text)
    failed = [one.lower() for one in _ADDRESS.findall(headers.text(message, "X-Failed-Recipients"))]
    ours = {address for name in ("To", "Delivered-To", "From") for _name, address in headers.people(message, name)}
    original = (
        _original_id(message)
        or (_ID_LINE.search(copy) or ["", ""])[1]
        or next(iter(headers.ids(headers.raw(message, "In-Reply-To"))), "")
    )
    late = bool(phrases_bounce.DELAYED.search(subject) or phrases_bounce.DELAYED.search(said[:1500]))
    found = failed or _addresses(said, ours) or _addresses(copy, ours)[:1]
    return [_said_of(address, said, original, late) for address in found[:MOST]]


def looks_returned(message: Message, subject: str, text: str, sender: str) -> bool:
    by_machine = bool(phrases_bounce.DAEMON.match(sender)) or headers.raw(message, "Return-Path").strip() == "<>"
    says = bool(phrases_bounce.SUBJECT.search(subject))
    return (
        bool(headers.raw(message, "X-Failed-Recipients"))
        or (by_machine and (says or bool(phrases_bounce.BODY.search(text[:4000]))))
        or (says and bool(phrases_bounce.BODY.search(text[:4000])) and not headers.raw(message, "In-Reply-To"))
    )


def _above_the_copy(text: str) -> tuple[str, str]:
    found = phrases_bounce.COPY.search(text[:60_000])
    return (text[: found.start()][:20_000], text[found.start() :][:20_000]) if found else (text[:20_000], text[:60_000])


def _addresses(text: str, ours: set[str]) -> list[str]:
    found = dict.fromkeys(one.lower().strip(".'") for one in _ADDRESS.findall(text))
    return [one for one in found if one not in ours and not phrases_bounce.DAEMON.match(one)][:MOST]


def _said_of(address: str, said: str, original: str, late: bool) -> Bounce:
    """What stands near the address: status and reason of several are told one after the other."""
    place = max(0, said.lower().find(address))
    near = said[place : place + 900]
    following = _ADDRESS.search(near, len(address))
    near = near[: following.start()] if following and following.start() > 120 else near
    line = next((one.strip() for one in near.split("\n") if _STATUS.search(one) or _CODE.search(f"{one} ")), "")
    diagnostic = line or next((one.strip() for one in near.split("\n")[1:] if len(one.strip()) > 8), "")
    status = (_STATUS.search(near) or [""])[0]
    cls = "delay" if late else class_of(status, near if not line else f"{line} {near}")
    return Bounce(address, status, cls, diagnostic[:300], original)


def _original_id(message: Message) -> str:
    for part in parts.walk(message):
        kind = part.get_content_type()
        if kind in ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers"):
            inside = (
                parts.inner(part)
                if kind in ("message/rfc822", "message/global")
                else parts.opened(parts.content_of(part))
            )
            if inside is not None and (found := headers.first_id(inside, "Message-ID")):
                return found
    return ""


def complained_of(message: Message) -> tuple[str, str]:
    """(who complains, Message-ID of what about) from an abuse report."""
    for part in parts.walk(message):
        if part.get_content_type() == "message/feedback-report":
            fields = parts.opened(parts.content_of(part).lstrip())
            found = _ADDRESS.search(headers.text(fields, "Original-Rcpt-To")) or _ADDRESS.search(
                headers.text(fields, "Removal-Recipient")
            )
            original = _original(message)
            to = headers.people(original, "To") if original is not None else []
            return (found[0].lower() if found else to[0][1] if to else "", _original_id(message))
    return "", ""


def _original(message: Message) -> Message | None:
    for part in parts.walk(message):
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            return (
                parts.inner(part)
                if part.get_content_type() == "message/rfc822"
                else parts.opened(parts.content_of(part))
            )
    return None
