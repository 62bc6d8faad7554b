"""What left is put into the mailbox's folder of sent mail, where its owner looks for it in every other program.

A job of its own, of the transaction in which a message counts as sent: nothing that goes wrong here sends anything again.
The folder is asked for the Message-ID first, so a copy is made once, also when the server keeps its own or a worker dies.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, MailMessageFlags
from imap_tools.errors import MailboxAppendError, MailboxFolderSelectError
from imap_tools.imap_utf7 import utf7_decode

from fedele.inbox.fetching.connecting import NotReached, connected, said_by
from fedele.inbox.mailboxes.models import Mailbox, Standing
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message
from fedele.tasks.jobs import job
from fedele.tasks.running import still_mine, this_run

#: One minute, doubled up to six hours: somewhat more than a day.
TRIES = {"retries": 12, "backoff": 60, "cap": 6 * 3600}
_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) (?P<name>.+)')
#: What it is called where the server does not say; the last part of its path.
USUAL = ("sent", "sent items", "sent messages", "sent mail", "posta inviata", "inviata", "inviati")


def wants_copy(message: Message) -> bool:
    return message.state == State.SENT and message.mailbox is not None and message.mailbox.keeps_copies


@job(**TRIES)
def keep_copy(message_id: int) -> str:
    message = Message.objects.select_related("mailbox", "raw").filter(pk=message_id).first()
    if message is None or not wants_copy(message) or message.raw is None:
        return "not wanted"
    box = Mailbox.objects.filter(pk=message.mailbox_id)
    try:
        done = _put(message, message.mailbox)
    except NotReached as error:
        box.update(copy_trouble=str(error)[:300])
        if this_run().is_last:
            return "given up"
        raise
    box.exclude(copy_trouble="").update(copy_trouble="")
    return done


def _put(message: Message, box: Mailbox) -> str:
    with connected(box) as client:
        folder = sent_folder(client, box)
        try:
            client.folder.set(folder)
        except MailboxFolderSelectError as error:
            raise _failing(_("There is no folder “%(name)s” in the mailbox.") % {"name": folder}) from error
        if client.uids(f'HEADER Message-ID "<{message.message_id}>"', charset=None):
            return "is there"
        with message.raw.file.open("rb") as file:
            content = file.read()
        still_mine()
        try:
            client.append(content, folder, dt=message.at, flag_set=MailMessageFlags.SEEN)
        except MailboxAppendError as error:
            raise _failing(_("The server does not take it: %(said)s") % {"said": said_by(error)}) from error
    return "put there"


def sent_folder(client: BaseMailBox, box: Mailbox) -> str:
    """The one that is named, the one the server marks (RFC 6154), or the one that is usually called so."""
    if box.sent_folder:
        return box.sent_folder
    asked = " RETURN (SPECIAL-USE)" if "SPECIAL-USE" in client.client.capabilities else ""
    found = folder_among(client.client.list('""', f'"*"{asked}')[1])
    if not found:
        raise _failing(_("The server does not say which folder is that of sent mail. Name it."))
    return found


def folder_among(lines: list[bytes | None]) -> str:
    """Of a server's answers to LIST."""
    listed = [one for one in map(_LISTED.match, (line for line in lines if isinstance(line, bytes))) if one]
    named = [(utf7_decode(one["name"]).strip('"'), one["flags"].lower().split()) for one in listed]
    marked = (name for name, flags in named if b"\\sent" in flags)
    usual = (name for word in USUAL for name, _flags in named if re.split(r"[./]", name)[-1].lower() == word)
    return next(marked, "") or next(usual, "")


def _failing(words: str) -> NotReached:
    return NotReached(Standing.FAILING, words)
