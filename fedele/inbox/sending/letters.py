"""From a stored message to the bytes that leave: text and HTML, in their thread, from the address of their mailbox."""

from __future__ import annotations

import re
from email.mime.image import MIMEImage
from email.utils import format_datetime, formataddr, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import SafeMIMEMultipart
from django.utils import timezone
from django.utils.html import escape

from fedele.inbox.mailboxes.connecting import Security
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.providers.models import Grant
from fedele.inbox.sending.permission import ByPermission

#: Seconds a mail server may take for one step.
PATIENCE = 30
LINK = re.compile(r"https?://[^\s<>\"']{1,500}[^\s<>\"'.,;:!?)\]]")
#: Threads that go on for years: what is older than these is found by way of them.
MOST_REFERENCES = 30


def new_message_id(mailbox: Mailbox | None) -> str:
    """Without its brackets, under the domain the letter is from."""
    domain = mailbox.address.rpartition("@")[2] if mailbox else settings.SITE_HOST
    return make_msgid(domain=domain)[1:-1]


def compose(message: Message) -> Letter:
    letter = Letter(
        subject=message.subject,
        body=written(message),
        from_email=formataddr((message.sender_name, message.sender)),
        to=_named(message, "to"),
        cc=_named(message, "cc"),
        bcc=_named(message, "bcc"),
        headers=_headers(message),
    )
    letter.attach_alternative(as_html(message), "text/html")
    for one in message.attachments.select_related("file"):
        with one.file.file.open("rb") as file:
            content = file.read()
        if one.is_inline and one.cid:
            letter.pictures.append(_picture(one, content))
        else:
            letter.attach(one.name, content, one.kind or None)
    return letter


class Letter(EmailMultiAlternatives):
    """Its HTML and the pictures in it are one part, so that no program lists them as files (multipart/related)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictures: list[MIMEImage] = []

    def _create_alternatives(self, msg: Any) -> Any:
        made = super()._create_alternatives(msg)  # type: ignore[misc]
        if self.pictures:
            inside = SafeMIMEMultipart(_subtype="related", encoding=self.encoding or settings.DEFAULT_CHARSET)
            inside.set_param("type", "text/html")
            for part in (made.get_payload().pop(), *self.pictures):
                inside.attach(part)
            made.attach(inside)
        return made


def _picture(attached: Attachment, content: bytes) -> MIMEImage:
    made = MIMEImage(content, _subtype=attached.file.kind.partition("/")[2])
    made["Content-ID"] = f"<{attached.cid}>"
    made.add_header("Content-Disposition", "inline", filename=attached.name)
    return made


def written(message: Message) -> str:
    """What was typed, the signature, and what is answered to below it."""
    parts = [message.text.strip()]
    if message.signature.strip():
        parts.append(f"-- \n{message.signature.strip()}")
    if message.quoted.strip():
        parts.append(message.quoted.strip())
    return "\n\n".join(parts) + "\n"


def as_html(message: Message) -> str:
    """The same for programs that prefer HTML: as it was formatted, or nothing but lines and links."""
    parts = [message.html or lines(message.text.strip())]
    if message.signature.strip():
        parts.append(f"<br>-- <br>\n{message.signature_html or lines(message.signature.strip())}")
    if message.quoted.strip():
        parts.append(f"<br>{_quotation(message.quoted.strip())}")
    body = "\n".join(f"<div>{part}</div>" for part in parts)
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def _quotation(quoted: str) -> str:
    """Who wrote when, and what they wrote as a quotation."""
    head, _end, rest = quoted.partition("\n")
    said = re.sub(r"^> ?", "", rest, flags=re.MULTILINE)
    return f'{lines(head)}\n<blockquote type="cite">{lines(said)}</blockquote>'


def lines(text: str) -> str:
    pieces, at = [], 0
    for found in LINK.finditer(text):
        pieces.append(escape(text[at : found.start()]))
        pieces.append(f'<a href="{escape(found[0])}">{escape(found[0])}</a>')
        at = found.end()
    pieces.append(escape(text[at:]))
    return "".join(pieces).rstrip("\n").replace("\n", "<br>\n")


def connection_of(mailbox: Mailbox | None) -> BaseEmailBackend | None:
    """To the mailbox's own server; None for that of the installation."""
    if mailbox is None or not mailbox.sends_itself:
        return None
    where = {
        "host": mailbox.smtp_host,
        "port": mailbox.smtp_port,
        "use_tls": mailbox.smtp_security == Security.STARTTLS,
        "use_ssl": mailbox.smtp_security == Security.TLS,
        "timeout": PATIENCE,
    }
    user = mailbox.smtp_user or mailbox.imap_user
    if (grant := Grant.of(mailbox)) is not None:
        return ByPermission(grant, user or mailbox.address, **where)
    return EmailBackend(username=user, password=mailbox.smtp_password, **where)


def _named(message: Message, which: str) -> list[str]:
    return [formataddr((name, address)) for name, address in message.recipients.get(which, ())]


def _headers(message: Message) -> dict[str, Any]:
    headers = {
        "Message-ID": f"<{message.message_id}>",
        "Date": format_datetime(timezone.localtime(message.sent_at or timezone.now())),
    }
    if message.in_reply_to:
        headers["In-Reply-To"] = f"<{message.in_reply_to}>"
    if message.references:
        kept = [*message.references[:1], *message.references[1:][-MOST_REFERENCES:]]
        headers["References"] = " ".join(f"<{one}>" for one in kept)
    return headers
