"""Handing a letter to the mail server, and knowing for certain what came of it, or that it is not certain."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMessage, get_connection


class Deferred(Exception):
    """Certainly not sent; may work later. `after`: seconds to wait at least."""

    def __init__(self, words: str, after: float = 0) -> None:
        super().__init__(words)
        self.after = after


class Bounced(Exception):
    """Certainly not sent, and the same letter would be refused again."""


class Uncertain(Exception):
    """The line broke after the text began to leave: it may have arrived."""


#: A server that says "not now" is asked again after half an hour at the earliest.
NOT_NOW = 1800


def hand_over(letter: EmailMessage) -> None:
    """Returns when the server took the letter; otherwise raises `Deferred`, `Bounced` or `Uncertain`."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise Deferred(f"no connection: {error}") from error
    watch = _Watch(connection)
    letter.connection = connection
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _answer(code, words) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise (Uncertain if watch.text_has_left else Deferred)(repr(error)) from error
    finally:
        # What goes wrong while saying goodbye changes nothing.
        with suppress(Exception):
            connection.close()


def _answer(code: int, words: Any) -> Exception:
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"[:400]
    return Bounced(said) if code >= 500 else Deferred(said, NOT_NOW)


class _Watch:
    """Notes when the SMTP client begins to send the text, the point after which a lost line proves nothing."""

    def __init__(self, connection: Any) -> None:
        self.text_has_left = False
        client = getattr(connection, "connection", None)
        if isinstance(client, smtplib.SMTP):
            send_text = client.data

            def data(text: Any) -> Any:
                self.text_has_left = True
                return send_text(text)

            client.data = data  # type: ignore[method-assign]
