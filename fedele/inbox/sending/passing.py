"""A letter passed on: what it said with the pictures in it, and its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.core.files.base import File

from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.pictures.models import TAKEN, Picture
from fedele.inbox.sending.attaching import Kept
from fedele.inbox.sending.writing import forwarded
from fedele.knowledge.files.accepting import UnfitFile
from fedele.knowledge.files.models import NoRoom
from fedele.ui.formatted.plain import plain_of
from fedele.ui.formatted.text import Formatted, lifted

#: Each is drawn anew while the form opens; of a letter with more the rest goes along as files.
MOST_PICTURES = 8
#: Bytes: what is smaller keeps other things apart, or tells somebody that it was opened.
SPECK = 300
#: What mail programs write into the plain text where a picture stands: [cid:…], [image: logo.png], [logo.png].
_MARK = re.compile(r"\[(?:cid:|image: ?)?([^\[\]<>\n]{1,250})\]")


@dataclass
class Passed:
    text: Formatted
    files: list[Kept]


def passed_on(message: Message, user: Any) -> Passed:
    """The pictures it carries are brought like any other; what cannot stand in a text goes along as a file.

    Those it only points to are left where they are.
    """
    came = list(message.attachments.select_related("file").order_by("pk"))
    inside = [one for one in came if one.is_inline and one.file.kind in TAKEN]
    shown = [one for one in inside if one.file.size >= SPECK]
    pictures = {one.pk: made for one in shown[:MOST_PICTURES] if (made := _brought(one, user)) is not None}
    specks = {one.pk for one in inside} - {one.pk for one in shown}
    files = [(one.file, one.name, one.kind) for one in came if one.pk not in pictures and one.pk not in specks]
    return Passed(
        _laid(f"\n\n{forwarded(message)}", [(one, pictures[one.pk]) for one in shown if one.pk in pictures]), files
    )


def _brought(attached: Attachment, user: Any) -> Picture | None:
    try:
        with attached.file.file.open("rb") as content:
            return Picture.keep(File(content, name=attached.name), user)
    except (UnfitFile, NoRoom, FileNotFoundError):
        return None


def _laid(text: str, pictures: list[tuple[Attachment, Picture]]) -> Formatted:
    """Each where the plain text marks its place; those it does not mark stand below."""
    if not pictures:
        return Formatted(text)
    waiting = dict(pictures)

    def put(found: re.Match[str]) -> str:
        mark = unescape(found[1])
        here = next((one for one in waiting if mark in (one.cid, one.name)), None)
        return found[0] if here is None else _drawn(waiting.pop(here))

    html = _MARK.sub(put, str(lifted(text)))
    html += "".join(f"<div>{_drawn(one)}</div>" for one in waiting.values())
    return Formatted(plain_of(html), html)


def _drawn(picture: Picture) -> str:
    width, height = picture.laid()
    return f'<img src="{picture.address}" width="{width}" height="{height}">'
