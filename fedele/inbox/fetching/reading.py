"""Reads what is new in a mailbox: one message after the other, each stored before the next is asked for."""

from __future__ import annotations

import datetime as dt
import imaplib
import logging
import re
from typing import Any

from django.db import transaction
from imap_tools import BaseMailBox

from fedele.inbox.fetching.connecting import NotReached, connected
from fedele.inbox.filing.taking import Place, take
from fedele.inbox.mailboxes.models import Afterwards, Folder, Mailbox, Standing
from fedele.inbox.messages.models import Met
from fedele.inbox.reading.characters import header_text
from fedele.tasks.running import still_mine

logger = logging.getLogger("fedele.inbox")

#: Messages a run takes from one folder before another mailbox has its turn.
MOST = 2000
#: A message that cannot be stored is tried so often, then set aside; a bigger one than this is, at once.
TRIES, MOST_BYTES = 5, 60 << 20
_SIZE = re.compile(rb"UID (\d+)|RFC822\.SIZE (\d+)")
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')


def read_mailbox(mailbox: Mailbox) -> int:
    """How many messages were looked at. Raises `NotReached`."""
    count = 0
    for name in filter(None, (mailbox.folder, mailbox.sent_folder)):
        with connected(mailbox, name) as client:
            count += read_folder(client, mailbox, name)
    return count


def read_folder(client: BaseMailBox, mailbox: Mailbox, name: str) -> int:
    folder = _position(client, mailbox, name)
    count = 0
    for uid in _waiting(client, mailbox, folder):
        still_mine()
        met = _one(client, mailbox, folder, uid)
        count += 1
        if met is not None and met.outcome != Met.Outcome.FAILED:
            _afterwards(client, mailbox, uid)
    return count


def _position(client: BaseMailBox, mailbox: Mailbox, name: str) -> Folder:
    """A folder with another UIDVALIDITY than last time has new numbers: it is read again, and what is known is known."""
    answered = client.client.untagged_responses.get("UIDVALIDITY") or [b"0"]
    validity = int(re.sub(rb"\D", b"", answered[-1] or b"0") or 0)
    with transaction.atomic():
        folder, _made = Folder.objects.select_for_update().get_or_create(
            mailbox=mailbox, name=name, defaults={"validity": validity}
        )
        if folder.validity != validity:
            folder.validity, folder.last_uid = validity, 0
            folder.save()
    return folder


def _waiting(client: BaseMailBox, mailbox: Mailbox, folder: Folder) -> list[int]:
    """Numbers of what is new, in their order, after those that failed before and are tried again."""
    since = f"SINCE {mailbox.since:%d}-{_MONTHS[mailbox.since.month - 1]}-{mailbox.since:%Y}"
    found = client.uids(f"UID {folder.last_uid + 1}:* {since}", charset=None)
    new = sorted(int(one) for one in found if int(one) > folder.last_uid)
    failed = Met.objects.filter(
        mailbox=mailbox, folder=folder.name, validity=folder.validity, outcome=Met.Outcome.FAILED, tries__lt=TRIES
    )
    return [*failed.order_by("uid").values_list("uid", flat=True), *new][:MOST]


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def _one(client: BaseMailBox, mailbox: Mailbox, folder: Folder, uid: int) -> Met | None:
    """Stored, or written down as not storable: the next message is read in any case."""
    try:
        size = _size(client, uid)
        if size is None:
            return None
        if size > MOST_BYTES:
            return _set_aside(mailbox, folder, uid, f"{size >> 20} MB", tries=TRIES)
        data, came_at = _fetch(client, uid)
        return take(mailbox, data, Place(folder.name, folder.validity, uid, came_at)) if data else None
    except (OSError, imaplib.IMAP4.error, NotReached):
        raise
    except Exception as error:
        logger.warning("message %s of mailbox %s was not stored", uid, mailbox.pk, exc_info=True)
        return _set_aside(mailbox, folder, uid, f"{type(error).__name__}: {error}", subject=_subject(client, uid))


def _size(client: BaseMailBox, uid: int) -> int | None:
    answer = client.client.uid("FETCH", str(uid), "(RFC822.SIZE)")[1]
    numbers = [int(size) for one in answer if isinstance(one, bytes) for _uid, size in _SIZE.findall(one) if size]
    return numbers[0] if numbers else None


def _fetch(client: BaseMailBox, uid: int) -> tuple[bytes, dt.datetime | None]:
    """PEEK: reading it here does not make it read there."""
    answer = client.client.uid("FETCH", str(uid), "(INTERNALDATE BODY.PEEK[])")[1]
    pairs = [one for one in answer if isinstance(one, tuple)]
    if not pairs:
        return b"", None
    said = _DATE.search(pairs[0][0])
    moment = imaplib.Internaldate2tuple(b'INTERNALDATE "' + said[1] + b'"') if said else None
    return pairs[0][1], dt.datetime(*moment[:6]).astimezone(dt.UTC) if moment else None


def _subject(client: BaseMailBox, uid: int) -> str:
    answer: Any = client.client.uid("FETCH", str(uid), "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")[1]
    raw = next((one[1] for one in answer if isinstance(one, tuple)), b"")
    return header_text(raw.decode("ascii", "surrogateescape").partition(":")[2], 200)


def _set_aside(mailbox: Mailbox, folder: Folder, uid: int, why: str, *, subject: str = "", tries: int = 1) -> Met:
    """Committed by itself; after some tries nobody tries again, and the mailbox's page names it."""
    with transaction.atomic():
        Folder.objects.filter(pk=folder.pk, last_uid__lt=uid).update(last_uid=uid)
        met, made = Met.objects.select_for_update().get_or_create(
            mailbox=mailbox, folder=folder.name, validity=folder.validity, uid=uid,
            defaults={"outcome": Met.Outcome.FAILED, "tries": tries, "trouble": why[:300], "subject": subject},
        )  # fmt: skip
        if not made and met.outcome == Met.Outcome.FAILED:
            met.tries, met.trouble = met.tries + 1, why[:300]
            met.save()
    return met


def _afterwards(client: BaseMailBox, mailbox: Mailbox, uid: int) -> None:
    """Only now, when it is committed here, and never a deletion."""
    if mailbox.afterwards == Afterwards.SEEN:
        client.client.uid("STORE", str(uid), "+FLAGS", "(\\Seen)")
    elif mailbox.afterwards == Afterwards.MOVE and mailbox.move_to:
        client.move([str(uid)], mailbox.move_to)


__all__ = ["Standing", "read_folder", "read_mailbox"]
