"""Handing a letter to the mail server, and knowing for certain what came of it, or that it is not certain."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from email.utils import parseaddr
from typing import Any

from django.core.mail import EmailMessage, get_connection


class Deferred(Exception):
    """Certainly not sent; may work later. `after`: seconds to wait at least."""

    def __init__(self, words: str, after: float = 0) -> None:
        super().__init__(words)
        self.after = after


class Bounced(Exception):
    """Certainly not sent, and the same letter would be refused again. `refused`: what was said of each address, if of them."""

    def __init__(self, words: str, refused: dict[str, str] | None = None) -> None:
        super().__init__(words)
        self.refused = refused or {}


class Uncertain(Exception):
    """The line broke after the text began to leave: it may have arrived."""


#: A server that says "not now" is asked again after half an hour at the earliest.
NOT_NOW = 1800


def hand_over(letter: EmailMessage, connection: Any = None) -> dict[str, str]:
    """Returns when the server took the letter, with what it said of recipients it refused while it took others.

    Otherwise raises `Deferred`, `Bounced` or `Uncertain`. `connection`: to another server than the installation's own.
    """
    connection = connection or get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise Deferred(f"no connection: {error}") from error
    watch = _Watch(connection)
    letter.connection = connection
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as error:
        # As long as one of them may still be taken, all are tried again.
        code, words = min(error.recipients.values())
        raise _answer(code, words, watch.refused) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise (Uncertain if watch.text_has_left else Deferred)(repr(error)) from error
    finally:
        # What goes wrong while saying goodbye changes nothing.
        with suppress(Exception):
            connection.close()
    return watch.refused


def _answer(code: int, words: Any, refused: dict[str, str] | None = None) -> Exception:
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"[:400]
    return Bounced(said, refused) if code >= 500 else Deferred(said, NOT_NOW)


class _Watch:
    """Notes which recipients the server refuses, and when the text begins to leave: after that a lost line proves nothing."""

    def __init__(self, connection: Any) -> None:
        self.text_has_left = False
        self.refused: dict[str, str] = {}
        client = getattr(connection, "connection", None)
        if isinstance(client, smtplib.SMTP):
            self._listen(client)

    def _listen(self, client: smtplib.SMTP) -> None:
        send_text, name_recipient = client.data, client.rcpt

        def data(text: Any) -> Any:
            self.text_has_left = True
            return send_text(text)

        def rcpt(recipient: str, *args: Any) -> tuple[int, bytes]:
            code, words = name_recipient(recipient, *args)
            if code not in (250, 251):
                self.refused[parseaddr(recipient)[1] or recipient] = str(_answer(code, words))
            return code, words

        client.data, client.rcpt = data, rcpt  # type: ignore[method-assign]
