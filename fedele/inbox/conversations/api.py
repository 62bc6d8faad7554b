"""Conversations in the API: read what was said about a record, write to colleagues, put it better, take it away."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from fedele.base.verbs import Refused
from fedele.inbox.conversations.models import LONGEST, Remark
from fedele.inbox.conversations.naming import Unfit
from fedele.inbox.conversations.reading import PAGE, lines_of, read_up, unread_count
from fedele.inbox.conversations.saying import change, say, take_away
from fedele.records.api.doors import Refusal, one
from fedele.records.api.schemas import LONGEST_ID, WRONG
from fedele.records.registry import registry

router = Router(tags=["conversations"])


class Said(Schema):
    id: int
    record_type: str
    record_id: int
    author: int
    text: str = Field(description="Empty when it was taken away.")
    named: list[str]
    answers: int | None
    at: dt.datetime
    edited_at: dt.datetime | None
    removed_at: dt.datetime | None


class Conversation(Schema):
    record_type: str
    record_id: int
    title: str
    last_at: dt.datetime
    unread: bool
    mentioned: bool


class Conversations(Schema):
    items: list[Conversation]
    unread: int
    after: int = Field(description="Where the next page begins; 0 when there is none.")


class Messages(Schema):
    items: list[Said]


class Saying(Schema):
    model_config = ConfigDict(extra="forbid")
    record_type: str = ""
    record_id: int = Field(0, ge=0, le=LONGEST_ID)
    text: str = Field("", max_length=LONGEST)
    answers: int | None = Field(None, ge=1, le=LONGEST_ID)


class Wording(Schema):
    model_config = ConfigDict(extra="forbid")
    text: str = Field("", max_length=LONGEST)


class Reading(Schema):
    model_config = ConfigDict(extra="forbid")
    record_type: str = ""
    record_id: int = Field(0, ge=0, le=LONGEST_ID)
    to: int = Field(0, ge=0, le=LONGEST_ID)


def record_of(request: HttpRequest, key: str, pk: int) -> Any:
    known = registry.get(key)
    if known is None:
        raise Http404
    return one(known, request.user, pk)


def own(request: HttpRequest, pk: int) -> tuple[Remark, Any]:
    message = Remark.objects.filter(pk=pk).first() if pk <= LONGEST_ID else None
    if message is None:
        raise Http404
    return message, record_of(request, message.record_type, message.record_id)


def shown(message: Remark) -> dict[str, Any]:
    return {
        "id": message.pk, "record_type": message.record_type, "record_id": message.record_id,
        "author": message.author_id, "text": message.text, "named": message.named, "answers": message.answers_id,
        "at": message.at, "edited_at": message.edited_at, "removed_at": message.removed_at,
    }  # fmt: skip


@router.get("", response={200: Conversations, **WRONG})
def mine(request: HttpRequest, show: str = "", after: int = Query(0, ge=0, le=10**6)) -> Any:
    """One's own list, unread ones first; `show`: unread, named or mine."""
    if not any(request.user.rights.may("view", one.key) for one in registry):
        raise Refusal(403, _("Your roles do not allow this."))
    lines, following = lines_of(request.user, show, "", after)
    items = [
        {
            "record_type": line.part.record_type, "record_id": line.part.record_id, "title": line.title,
            "last_at": line.part.last_at, "unread": line.part.is_unread, "mentioned": line.part.is_named,
        }
        for line in lines
    ]  # fmt: skip
    return {"items": items, "unread": unread_count(request.user), "after": following}


@router.get("/messages", response={200: Messages, **WRONG})
def messages(
    request: HttpRequest,
    record_type: str = "",
    record_id: int = Query(0, ge=0, le=LONGEST_ID),
    after: int = Query(0, ge=0, le=LONGEST_ID),
) -> Any:
    """What was said about one record, oldest first, thirty at a time; `after` the id of the last one known."""
    record = record_of(request, record_type, record_id)
    found = Remark.objects.about(record).filter(pk__gt=after).order_by("pk")[:PAGE]
    return {"items": [shown(message) for message in found]}


@router.post("", response={201: Said, **WRONG})
def write(request: HttpRequest, payload: Saying) -> Any:
    record = record_of(request, payload.record_type, payload.record_id)
    answered = Remark.objects.about(record).filter(pk=payload.answers, removed_at=None).first()
    try:
        return 201, shown(say(record, request.user, payload.text, answers=answered))
    except Unfit as unfit:
        raise Refusal(422, unfit.message, {"text": [unfit.message]}) from unfit


@router.post("/read", response={204: None, **WRONG})
def read(request: HttpRequest, payload: Reading) -> Any:
    """All up to this message was read."""
    read_up(record_of(request, payload.record_type, payload.record_id), request.user, payload.to)
    return 204, None


@router.patch("/messages/{int:pk}", response={200: Said, **WRONG})
def reword(request: HttpRequest, pk: int, payload: Wording) -> Any:
    """By who wrote it, within a quarter of an hour."""
    message, record = own(request, pk)
    try:
        change(message, request.user, payload.text, record)
    except (Unfit, Refused) as wrong:
        words = str(wrong)
        raise Refusal(422 if isinstance(wrong, Unfit) else 403, words, {"text": [words]}) from wrong
    return shown(message)


@router.delete("/messages/{int:pk}", response={204: None, **WRONG})
def withdraw(request: HttpRequest, pk: int) -> Any:
    message, _record = own(request, pk)
    try:
        take_away(message, request.user)
    except Refused as refused:
        raise Refusal(403, refused) from refused
    return 204, None
