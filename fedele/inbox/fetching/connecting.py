"""A connection to a mailbox's server, and what is wrong when there is none."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

from fedele.inbox.mailboxes.connecting import Security
from fedele.inbox.mailboxes.models import Standing
from fedele.inbox.providers.models import Grant
from fedele.inbox.providers.renewing import access_token
from fedele.inbox.providers.tokens import NotSignedIn

#: Seconds a server may be silent.
PATIENCE = 30


class NotReached(Exception):
    """There is no reading this mailbox now. `standing` is what it becomes; the text is for who administers."""

    def __init__(self, standing: str, words: str) -> None:
        super().__init__(words)
        self.standing = standing


def tried(box: Any, well: str, wrong: str) -> tuple[str, str]:
    """What to say after trying it, and how loud; `wrong` has a place for `why`."""
    try:
        with connected(box):
            return well, "ok"
    except NotReached as error:
        return wrong % {"why": error}, "warn"


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
    if (grant := Grant.of(box)) is not None:
        _sign_in_with(grant, client, box)
    else:
        _sign_in_by_password(client, box)


def _sign_in_with(grant: Grant, client: BaseMailBox, box: Any) -> None:
    """A token may be refused before its time, as when a password was changed: then another is fetched, once."""
    if box.imap_security == Security.PLAIN and not settings.PRIVATE_ADDRESSES:
        raise NotReached(Standing.FAILING, _("A mailbox that is connected this way is read over encrypted lines only."))
    token, refusal = "", None
    for _try in range(2):
        token = _token(grant, instead_of=token)
        if (refusal := _refusal(client, box.imap_user or box.address, token)) is None:
            return
    told = {"name": grant.provider, "said": said_by(refusal or Exception())}
    raise NotReached(Standing.REFUSED, _("The server refuses the permission of %(name)s: %(said)s") % told)


def _token(grant: Grant, *, instead_of: str) -> str:
    try:
        return access_token(grant, instead_of=instead_of)
    except NotSignedIn as error:
        raise NotReached(error.standing, str(error)) from error


def _refusal(client: BaseMailBox, user: str, token: str) -> Exception | None:
    try:
        client.xoauth2(user, token, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        return error
    return None


def _sign_in_by_password(client: BaseMailBox, box: Any) -> None:
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
    if isinstance(error, socket.gaierror):
        return NotReached(
            Standing.UNREACHABLE, _("No server is found under the name %(host)s: is it written right?") % where
        )
    if isinstance(error, ConnectionRefusedError):
        return NotReached(
            Standing.UNREACHABLE, _("Nothing answers at %(host)s on port %(port)s: is that the port?") % where
        )
    return NotReached(Standing.UNREACHABLE, _("%(host)s cannot be reached on port %(port)s: %(said)s") % where)


def said_by(error: BaseException) -> str:
    """What the server said, without the wrapping of libraries."""
    found = getattr(error, "command_result", None)
    parts = found[1] if found else [str(error)]
    words = " ".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in parts if one)
    return words.strip("'\"b ")[:200] or type(error).__name__
