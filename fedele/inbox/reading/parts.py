"""The parts of a mail: its text, its HTML, what is attached. Bounded, however deep or many they are."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.generator import BytesGenerator
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from io import BytesIO

from fedele.inbox.reading.answer import File
from fedele.inbox.reading.characters import decode, header_text
from fedele.inbox.reading.tnef import Unpacked, unpack

MOST_PARTS, MOST_FILES, DEEPEST = 2000, 300, 30
MOST_TEXT, MOST_HTML = 400_000, 2_000_000
#: What Outlook packs for Outlook.
PACKED = ("application/ms-tnef", "application/vnd.ms-tnef")
_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)
_POLICY = policy.compat32


@dataclass
class Parts:
    text: str = ""
    html: str = ""
    calendar: str = ""
    files: list[File] = field(default_factory=list)


def opened(data: bytes) -> Message:
    """The message; of one so entangled that Python gives up, its headers and the rest as text."""
    try:
        return BytesParser(policy=_POLICY).parsebytes(data)
    except Exception:
        return _half_opened(data)


def _half_opened(data: bytes) -> Message:
    head, _gap, body = data.partition(b"\r\n\r\n" if b"\r\n\r\n" in data[:1_000_000] else b"\n\n")
    try:
        message = BytesHeaderParser(policy=_POLICY).parsebytes(head[:1_000_000])
    except Exception:
        message = Message(policy=_POLICY)
    del message["Content-Type"], message["Content-Transfer-Encoding"]
    message.set_payload(decode(body[:MOST_TEXT]).encode("ascii", "replace").decode())
    return message


def walk(message: Message) -> Iterator[Message]:
    """The parts that hold something, in their order. A message inside is one part: it is not looked into."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    for _count in range(MOST_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop()
        inside = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inside, list) and depth < DEEPEST:
            waiting += [(one, depth + 1) for one in reversed(inside[:MOST_PARTS])]
        else:
            yield part


def parts_of(message: Message) -> Parts:
    """Text and HTML of the mail itself; whatever else is in it is a file."""
    found = Parts()
    for number, part in enumerate(walk(message), 1):
        name, kind = name_of(part), part.get_content_type()
        if part.get_content_maintype() == "multipart":
            # It promises parts and has none, or is too deep to be looked into.
            kind = "text/plain"
        attached = part.get_content_disposition() == "attachment" or bool(name)
        if kind == "text/calendar" and not found.calendar:
            found.calendar = text_of(part)[:MOST_TEXT]
        if kind == "text/plain" and not attached:
            found.text = _joined(found.text, text_of(part), MOST_TEXT)
        elif kind == "text/html" and not attached:
            found.html = _joined(found.html, text_of(part), MOST_HTML)
        elif (kind in PACKED or name.lower() == "winmail.dat") and (unpacked := unpack(content_of(part))) is not None:
            _take_out(found, unpacked, number)
        elif kind not in ("message/delivery-status", "text/calendar") or attached:
            file = file_of(part, name, number) if len(found.files) < MOST_FILES else None
            found.files += [file] if file else []
    return found


def _take_out(found: Parts, unpacked: Unpacked, number: int) -> None:
    """The text only where the mail itself has none: mostly it says the same twice."""
    if not found.text.strip() and not found.html.strip():
        found.text, found.html = unpacked.text[:MOST_TEXT], unpacked.html[:MOST_HTML]
    for place, one in enumerate(unpacked.files[: MOST_FILES - len(found.files)], 1):
        name = safe_name(one.name) or f"part{number}-{place}"
        kind = one.type if _TYPE.fullmatch(one.type) else mimetypes.guess_type(name)[0] or "application/octet-stream"
        found.files.append(File(name, kind[:100], len(one.data), bool(one.cid), one.cid[:250], one.data))


def _joined(before: str, more: str, most: int) -> str:
    return (f"{before.rstrip()}\n\n{more}" if before.strip() else more)[:most]


def content_of(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822" or isinstance(part.get_payload(), list):
        return inner_bytes(part)
    try:
        found = part.get_payload(decode=True)
    except Exception:
        found = None
    return found if isinstance(found, bytes) else b""


def text_of(part: Message) -> str:
    charset = part.get_param("charset", "")
    data = content_of(part)[: MOST_HTML * 2]
    text = decode(data, charset if isinstance(charset, str) else str(charset[-1]))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def inner(part: Message) -> Message | None:
    """The message inside a message/rfc822."""
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return payload[0]
    data = content_of(part) if not isinstance(payload, list) else b""
    return opened(data) if data else None


def inner_bytes(part: Message) -> bytes:
    payload = part.get_payload()
    target = payload[0] if isinstance(payload, list) and payload else part
    out = BytesIO()
    try:
        BytesGenerator(out, mangle_from_=False, policy=_POLICY).flatten(target)
    except Exception:
        return str(target.get_payload()).encode("utf-8", "replace")
    return out.getvalue()


def name_of(part: Message) -> str:
    """As the sender called it, by any of the ways programs write a name; "" for none."""
    try:
        name = part.get_filename() or ""
    except Exception:
        name = ""
    return safe_name(str(name))


def safe_name(name: str) -> str:
    return header_text(name, 200).replace("/", "_").replace("\\", "_").strip(" .")


def file_of(part: Message, name: str, number: int) -> File | None:
    data, kind = content_of(part), part.get_content_type()
    if not data and not name:
        return None
    ending = {"message/rfc822": ".eml", "text/plain": ".txt"}.get(kind) or mimetypes.guess_extension(kind) or ""
    cid = header_text(str(part.get("Content-ID") or ""), 250).strip("<> ")
    inline = bool(cid) and part.get_content_disposition() != "attachment"
    return File(name or f"part{number}{ending}", kind[:100], len(data), inline, cid, data)
