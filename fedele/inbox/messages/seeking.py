"""Mail in the one search: the messages that answer what is typed, each opening its thread at that place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext

from fedele.inbox.messages.finding import COLUMNS, KEY, files_of, found_by, rows
from fedele.inbox.messages.models import Message
from fedele.records.palette import Item
from fedele.records.passages import AROUND, around, says
from fedele.records.seeking import seeks
from fedele.ui.moments import date

#: Shown, and looked at for them: of each thread the best message is enough.
SOME, LOOKED_AT = 5, 30
#: Characters shown before the word that was found: on a phone it still stands in the line.
BEFORE = 20


def seek(user: Any, text: str) -> list[Item]:
    if not user.rights.may("view", "message"):
        return []
    ids = found_by(user, text, LOOKED_AT)
    messages = Message.objects.filter(pk__in=ids).only("thread_id", "at", *COLUMNS).in_bulk()
    best: dict[int, Message] = {}
    for one in (messages[pk] for pk in ids if pk in messages):
        best.setdefault(one.thread_id, one)
    shown = list(best.values())[:SOME]
    said = words_found(shown, text, before=BEFORE)
    return [_item(one, said[one.pk]) for one in shown]


def _item(message: Message, said: str) -> Item:
    title = " – ".join(part for part in (str(message), message.sender_shown) if part)
    note = " · ".join(part for part in (date(message.at), said) if part)
    return Item(pgettext("mail", "Mail"), "mail", title, note, place_of(message))


def place_of(message: Message) -> str:
    """The thread, open at this message."""
    return f"/mail/{message.thread_id}/?at={message.pk}#message-{message.pk}"


def words_found(messages: list[Message], text: str, before: int = AROUND) -> dict[int, str]:
    """{message: the words around what was found}: in the text, else the file of that name, else how it begins."""
    files = files_of([one.pk for one in messages])
    return {one.pk: _said(one, files.get(one.pk, []), text, before) for one in messages}


def _said(message: Message, files: list[str], asked: str, before: int) -> str:
    text = " ".join((message.text or message.quoted).split())
    named = next((name for name in files if says(name, asked)), "")
    return around(text, asked, before) if says(text, asked) or not named else named


seeks(KEY, find=seek, rows=rows)
