"""A connection to a mailbox's server, and what is wrong when there is none."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

from fedele.inbox.mailboxes.connecting import Security
from fedele.inbox.mailboxes.models import Standing

#: Seconds a server may be silent.
PATIENCE = 30


class NotReached(Exception):
    """There is no reading this mailbox now. `standing` is what it becomes; the text is for who administers."""

    def __init__(self, standing: str, words: str) -> None:
        super().__init__(words)
        self.standing = standing


@contextmanager
def connected(box: Any, folder: str = "") -> Iterator[BaseMailBox]:
    """Signed in and in the folder. Raises `NotReached`, also for what goes wrong inside."""
    try:
        client = _dial(box)
    except (OSError, imaplib.IMAP4.error, ssl.SSLError) as error:
        raise _unreachable(box, error) from error
    try:
        _sign_in(client, box)
        client.folder.set(folder or box.folder)
        yield client
    except MailboxFolderSelectError as error:
        raise NotReached(
            Standing.FAILING, _("There is no folder “%(name)s” in the mailbox.") % {"name": folder or box.folder}
        ) from error
    except (OSError, imaplib.IMAP4.error, EOFError) as error:
        raise NotReached(
            Standing.UNREACHABLE, _("The connection broke off: %(said)s") % {"said": said_by(error)}
        ) from error
    finally:
        with suppress(Exception):
            client.logout()


def _dial(box: Any) -> BaseMailBox:
    if box.imap_security == Security.TLS:
        return MailBox(box.imap_host, box.imap_port, timeout=PATIENCE, ssl_context=ssl.create_default_context())
    if box.imap_security == Security.STARTTLS:
        return MailBoxStartTls(box.imap_host, box.imap_port, timeout=PATIENCE, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(box.imap_host, box.imap_port, timeout=PATIENCE)


def _sign_in(client: BaseMailBox, box: Any) -> None:
    user, password = box.imap_user or box.address, box.imap_password
    try:
        # A line of its own in a name or password would be a command.
        if any(letter in user + password for letter in "\r\n\x00"):
            raise NotReached(Standing.REFUSED, _("User name and password are one line each."))
        if (user + password).isascii():
            client.login(user, password, initial_folder=None)
        else:
            client.login_utf8(user, password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        words = _("The server refuses user name or password: %(said)s") % {"said": said_by(error)}
        raise NotReached(Standing.REFUSED, words) from error


def _unreachable(box: Any, error: Exception) -> NotReached:
    where = {"host": box.imap_host, "port": box.imap_port, "said": said_by(error)}
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotReached(Standing.UNREACHABLE, _("The certificate of %(host)s is not valid: %(said)s") % where)
    if isinstance(error, ssl.SSLError):
        return NotReached(
            Standing.UNREACHABLE, _("%(host)s does not speak TLS on port %(port)s; try another encryption.") % where
        )
    if isinstance(error, TimeoutError):
        return NotReached(Standing.UNREACHABLE, _("%(host)s does not answer on port %(port)s.") % where)
    return NotReached(Standing.UNREACHABLE, _("%(host)s cannot be reached on port %(port)s: %(said)s") % where)


def said_by(error: BaseException) -> str:
    """What the server said, without the wrapping of libraries."""
    found = getattr(error, "command_result", None)
    parts = found[1] if found else [str(error)]
    words = " ".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in parts if one)
    return words.strip("'\"b ")[:200] or type(error).__name__
