"""A letter somebody has written becomes a message that is about to leave: stored whole, in its thread, on its customer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from email.utils import formataddr
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.finding import index_messages
from fedele.inbox.messages.kinds import Direction, State
from fedele.inbox.messages.models import Attachment, Message, Thread
from fedele.inbox.pictures.embedding import embed
from fedele.inbox.sending.leaving import send
from fedele.inbox.sending.letters import new_message_id
from fedele.inbox.sending.models import Writer
from fedele.inbox.sending.refusals import ANYWAY
from fedele.ui.formatted.text import Formatted
from fedele.ui.moments import datetime

#: Seconds a letter waits, so that it can be taken back.
GRACE = dt.timedelta(seconds=3)
SNIPPET = 200
#: Under which a message notes what a program asked for.
ASKED = "asked"
#: Characters of a quoted letter that go out again with an answer.
MOST_QUOTED = 20_000

#: (name, address)
Person = tuple[str, str]


@dataclass
class Letter:
    """What was typed, checked."""

    mailbox: Mailbox
    to: list[Person]
    subject: str
    text: str
    cc: list[Person] = field(default_factory=list)
    bcc: list[Person] = field(default_factory=list)
    #: (stored file, name, kind)
    files: list[tuple[Any, str, str]] = field(default_factory=list)
    signature: str = ""
    #: How text and signature are formatted, tidy; "" where they are not.
    html: str = ""
    signature_html: str = ""
    quoted: str = ""
    record: Any = None
    answers: Message | None = None
    #: Where it belongs already, when it was a draft before.
    thread: Thread | None = None
    #: Addresses mail came back from, to which it goes all the same.
    anyway: list[str] = field(default_factory=list)
    #: Not before this moment, for what is to leave later.
    at: dt.datetime | None = None
    #: What the program that asks for it calls it, and a mark of what it asked for.
    request_key: str = ""
    request_mark: str = ""


def post(letter: Letter, author: Any) -> Message:
    """Stores the message and lets it leave after the time in which it can be taken back."""
    now = timezone.now()
    message = Message(
        direction=Direction.OUT,
        state=State.QUEUED,
        mailbox=letter.mailbox,
        author=author,
        message_id=new_message_id(letter.mailbox),
        sender=letter.mailbox.address,
        sender_name=letter.mailbox.from_name or (str(author) if letter.mailbox.is_personal else letter.mailbox.name),
        recipients={"to": letter.to, "cc": letter.cc, "bcc": letter.bcc},
        subject=letter.subject,
        text=letter.text,
        signature=letter.signature,
        html=letter.html,
        signature_html=letter.signature_html,
        quoted=letter.quoted,
        snippet=" ".join(letter.text.split())[:SNIPPET],
        at=now,
        not_before=max(letter.at or now, now + GRACE),
        request_key=letter.request_key,
        notes=_notes(letter),
    )
    with transaction.atomic():
        _place(message, letter)
        pictures = embed(message)
        message.save()
        files = [
            Attachment(message=message, file=one, name=name[:200], kind=kind[:100]) for one, name, kind in letter.files
        ]
        Attachment.objects.bulk_create([*files, *pictures])
        index_messages([message])
        _settle_thread(message, letter)
        _let_leave(message)
    return message


def _notes(letter: Letter) -> dict[str, Any]:
    notes: dict[str, Any] = {ANYWAY: letter.anyway} if letter.anyway else {}
    return {**notes, ASKED: letter.request_mark} if letter.request_mark else notes


def take_back(message: Message) -> bool:
    """Stops a message that has not begun to leave; it is a draft again."""
    return bool(Message.objects.filter(pk=message.pk, state=State.QUEUED).update(state=State.DRAFT))


def send_again(message: Message) -> bool:
    """What was not sent, or what its author says did not arrive: the same letter under the same Message-ID.

    Its author has read why, so it goes to addresses mail came back from, too.
    """
    waiting = Message.objects.filter(pk=message.pk, state__in=(State.FAILED, State.UNCERTAIN, State.DRAFT))
    notes = {**message.notes, ANYWAY: message.addresses("to", "cc", "bcc")}
    with transaction.atomic():
        found = bool(waiting.update(state=State.QUEUED, not_before=timezone.now(), tries=0, trouble="", notes=notes))
        if found:
            send.enqueue(message.pk)
    return found


def quotation(message: Message) -> str:
    """What is answered to, as it stands below an answer."""
    who = formataddr((message.sender_name, message.sender))
    head = _("On %(day)s %(who)s wrote:") % {"day": datetime(message.sent_at or message.at), "who": who}
    lines = message.text.strip()[:MOST_QUOTED].split("\n")
    return "\n".join([head, *(f"> {line}".rstrip() for line in lines)])


def forwarded(message: Message) -> str:
    """A letter passed on: who had written it to whom, and what it said."""
    told = [
        _("Forwarded message"),
        _("From: %(who)s") % {"who": formataddr((message.sender_name, message.sender))},
        _("Sent: %(day)s") % {"day": datetime(message.sent_at or message.at)},
        _("To: %(who)s") % {"who": ", ".join(message.addresses("to"))},
        _("Subject: %(subject)s") % {"subject": message.subject},
    ]
    return "\n".join([f"---------- {told[0]} ----------", *told[1:], "", message.text.strip()[:MOST_QUOTED]])


def answering(subject: str, prefix: str = "Re") -> str:
    """«Re: …» once, however long it goes on and whichever language began."""
    bare = subject.strip()
    while bare[:4].lower().startswith(("re:", "r:", "rif:", "fw:", "i:", "fwd:", "aw:")):
        bare = bare.partition(":")[2].strip()
    return f"{prefix}: {bare}"[:300]


def writer_of(user: Any) -> Writer:
    return Writer.objects.select_related("mailbox").filter(user=user).first() or Writer(user=user)


def signature_for(user: Any, mailbox: Mailbox | None) -> Formatted:
    """One's own; in a shared mailbox that has one, the mailbox's."""
    boxs = Formatted(mailbox.signature, mailbox.signature_html) if mailbox else Formatted("")
    if boxs and mailbox and not mailbox.is_personal:
        return boxs
    writer = writer_of(user)
    return Formatted(writer.signature, writer.signature_html) or boxs


def _let_leave(message: Message) -> None:
    """An engine of jobs that cannot wait sends at once; nothing can be taken back there."""
    job = send.using(run_after=message.not_before) if send.get_backend().supports_defer else send
    job.enqueue(message.pk)


def _place(message: Message, letter: Letter) -> None:
    answered = letter.answers
    if answered is not None:
        message.thread = answered.thread
        message.in_reply_to = answered.message_id
        message.references = [*answered.references, *([answered.message_id] if answered.message_id else [])]
        for name, value in answered.places().items():
            setattr(message, name, value)
    if letter.record is not None:
        message.place_on(letter.record)
    if letter.thread is not None:
        message.thread = letter.thread
    elif answered is None:
        message.thread = Thread(subject=letter.subject, mailbox=letter.mailbox, **message.places())
        message.thread.save()


def _settle_thread(message: Message, letter: Letter) -> None:
    thread, now = message.thread, timezone.now()
    if letter.answers is not None and letter.answers.answered_at is None:
        Message.objects.filter(pk=letter.answers.pk).update(answered_at=now)
    thread.people = thread.people or ", ".join(name or address for name, address in letter.to)[:300]
    thread.snippet, thread.last_at, thread.waiting_since = message.snippet, now, None
    thread.count = thread.messages.count()
    thread.save()
