"""What is typed names a picture by its address; what leaves carries it, and names it by an id of its own (`cid:`)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from fedele.inbox.messages.models import Attachment, Message
from fedele.inbox.pictures.models import Picture
from fedele.ui.formatted.pictures import ADDRESS, PLACE, addresses_in, swapped


def pictures_in(*texts: str) -> dict[str, Picture]:
    """By address; what is no picture of ours is left out."""
    tokens = {one.removeprefix(PLACE).partition("/")[0] for text in texts for one in addresses_in(text)}
    found = Picture.objects.filter(token__in=tokens).select_related("stored") if tokens else ()
    return {one.address: one for one in found}


def embed(message: Message) -> list[Attachment]:
    """Puts ids in place of addresses, in text and signature; returns the files to store with the message."""
    found = pictures_in(message.html, message.signature_html)
    ids = {one.stored_id: f"{secrets.token_hex(8)}@{message.sender.rpartition('@')[2]}" for one in found.values()}

    def by_id(address: str) -> tuple[str, str] | None:
        picture = found.get(address)
        return (f"cid:{ids[picture.stored_id]}", picture.name) if picture else None

    message.html, message.signature_html = swapped(message.html, by_id), swapped(message.signature_html, by_id)
    once = {one.stored_id: one for one in found.values()}.values()
    return [
        Attachment(
            message=message,
            file=one.stored,
            name=one.name,
            kind=one.stored.kind,
            cid=ids[one.stored_id],
            is_inline=True,
        )
        for one in once
    ]


def taken_out(draft: Message, user: Any) -> tuple[str, str]:
    """(text, signature) of a draft of one's own as they were typed: its pictures have addresses again."""
    if "cid:" not in draft.html + draft.signature_html:
        return draft.html, draft.signature_html
    inside = draft.attachments.filter(is_inline=True).select_related("file")
    addresses = {f"cid:{one.cid}": _again(one, user).address for one in inside}

    def back(source: str) -> tuple[str, str] | None:
        if ADDRESS.fullmatch(source):
            return source, ""
        return (addresses[source], "") if source in addresses else None

    return swapped(draft.html, back), swapped(draft.signature_html, back)


def _again(attached: Attachment, user: Any) -> Picture:
    known = Picture.objects.filter(stored=attached.file, by=user, name=attached.name).first()
    return known or Picture.of(attached.file, attached.name, user)


def bytes_of(pictures: Iterable[Picture]) -> int:
    return sum(one.stored.size for one in pictures)
