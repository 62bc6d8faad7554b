"""A message as programs read it."""

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import Field

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.filed import CUSTOMERS
from fedele.inbox.messages.models import Attachment, Message


class Who(Schema):
    name: str
    address: str


class AttachmentRead(Schema):
    id: int
    name: str
    kind: str
    size: int
    url: str = Field(description="Where its file is.")


class MessageListed(Schema):
    id: int
    thread: int
    direction: str
    state: str = Field(
        description="parked, filed, ignored; of ours draft, queued, sending, sent, uncertain, failed, bounced"
    )
    kind: str
    subject: str
    sender: Who
    to: list[Who]
    cc: list[Who]
    at: dt.datetime = Field(description="When it came or left.")
    snippet: str
    mailbox: int | None = Field(description="Null when it is not yours.")
    author: int | None = Field(description="Of ours: who wrote it.")
    company: int | None
    contact: int | None
    lead: int | None
    answered_at: dt.datetime | None
    attachments: list[AttachmentRead]
    url: str


class MessageRead(MessageListed):
    text: str = Field(description="What is new in it.")
    quoted: str
    signature: str
    leaves_at: dt.datetime | None = Field(description="Until then it can be taken back.")


class MessagePage(Schema):
    items: list[MessageListed]
    after: str = Field(description="Where the next page begins; empty when there is none.")


def read(message: Message, user: Any) -> dict[str, Any]:
    more = {"text": message.text, "quoted": message.quoted, "signature": message.signature}
    return {**listed([message], user)[0], **more, "leaves_at": message.not_before}


def listed(rows: list[Message], user: Any) -> list[dict[str, Any]]:
    """A statement for the files, one for the mailboxes and one for each type of customer, however many they are."""
    files: dict[int, list[dict[str, Any]]] = {}
    inside = Attachment.objects.filter(message__in=[row.pk for row in rows], is_inline=False).select_related("file")
    for attached in inside.order_by("pk"):
        files.setdefault(attached.message_id, []).append(_file(attached))
    seen = {name: _seen(model, name, rows, user) for name, model in (*CUSTOMERS.items(), ("mailbox", Mailbox))}
    return [_one(row, files.get(row.pk, []), seen) for row in rows]


def _seen(model: Any, name: str, rows: list[Message], user: Any) -> set[int]:
    """Of what the messages point at, what this user may see: of the rest not even the id is told."""
    ids = {getattr(row, f"{name}_id") for row in rows} - {None}
    return set(model.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _file(attached: Attachment) -> dict[str, Any]:
    address = f"/api/v1/messages/{attached.message_id}/attachments/{attached.pk}"
    return {"id": attached.pk, "name": attached.name, "kind": attached.kind, "size": attached.file.size, "url": address}


def _one(row: Message, files: list[dict[str, Any]], seen: dict[str, set[int]]) -> dict[str, Any]:
    points = {name: getattr(row, f"{name}_id") for name in seen}
    return {
        "id": row.pk, "thread": row.thread_id, "direction": row.direction, "state": row.state, "kind": row.kind,
        "subject": row.subject, "sender": {"name": row.sender_name, "address": row.sender},
        **{which: [{"name": name, "address": to} for name, to in row.recipients.get(which, ())] for which in ("to", "cc")},
        "at": row.at, "snippet": row.snippet, "author": row.author_id, "answered_at": row.answered_at,
        **{name: pk if pk in seen[name] else None for name, pk in points.items()},
        "attachments": files, "url": f"/mail/{row.thread_id}/?at={row.pk}",
    }  # fmt: skip
