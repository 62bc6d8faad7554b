"""Mail in the API: the messages one sees, their files, and letters of one's own."""

import datetime as dt
from typing import Any, Literal

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.filed import CUSTOMERS
from fedele.inbox.messages.finding import findable_by, found_by
from fedele.inbox.messages.models import Message
from fedele.inbox.sending.by_program import send_for
from fedele.inbox.sending.forms import LONGEST
from fedele.inbox.sending.views import WRITTEN_ON, About
from fedele.inbox.sending.writing import take_back
from fedele.inbox.threads.as_json import MessagePage, MessageRead, listed, read
from fedele.inbox.threads.filtering import LOOKED_AT
from fedele.knowledge.files.handing import handed_out
from fedele.records.api.doors import Refusal, one
from fedele.records.api.schemas import LONGEST_ID, WRONG
from fedele.records.moments import EARLIEST, LATEST
from fedele.records.registry import registry

router = Router(tags=["messages"])
BYTES = {"responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}}


ID = Field(None, ge=1, le=LONGEST_ID)


class Sought(Schema):
    company: int | None = ID
    contact: int | None = ID
    lead: int | None = ID
    thread: int | None = ID
    mailbox: int | None = ID
    since: str = Field("", description="A day, or a moment.")
    direction: Literal["", "in", "out"] = ""
    q: str = Field("", max_length=200)
    after: str = Field("", description="As the page before says.")
    size: int = Field(50, ge=1, le=200)


class Sending(Schema):
    model_config = ConfigDict(extra="forbid")
    mailbox: int | None = Field(None, ge=1, le=LONGEST_ID, description="Your usual one when none is named.")
    record_type: str = Field("", description="company, contact, lead or opportunity: where it is filed.")
    record_id: int = Field(0, ge=0, le=LONGEST_ID)
    answers: int | None = Field(None, ge=1, le=LONGEST_ID, description="The message it answers.")
    to: list[str] | None = Field(
        None, max_length=50, description="Addresses, or “Name <address>”; else those of the record."
    )
    cc: list[str] = Field([], max_length=50)
    bcc: list[str] = Field([], max_length=50)
    subject: str | None = Field(None, max_length=300)
    text: str = Field("", max_length=LONGEST)
    signature: str | None = Field(None, max_length=2000)
    documents: list[int] = Field([], max_length=20, description="Documents whose files go along.")
    anyway: list[str] = Field(
        [], max_length=150, description="Addresses mail came back from, to be written to all the same."
    )


@router.get("", response={200: MessagePage, **WRONG}, operation_id="list_message")
def messages(request: HttpRequest, asked: Query[Sought]) -> Any:
    """The newest first. With `q` the thousand that answer it best are looked at."""
    user, size = request.user, asked.size
    _permitted(user)
    found = findable_by(user)
    for name in CUSTOMERS:
        if (pk := getattr(asked, name)) is not None:
            found = found.filter(**{name: one(registry.by_key(name), user, pk)})
    if asked.mailbox is not None and not Mailbox.objects.visible_to(user).filter(pk=asked.mailbox).exists():
        raise Http404
    further: dict[str, Any] = {"thread": asked.thread, "mailbox": asked.mailbox, "direction": asked.direction}
    further |= {"at__gte": _moment(asked.since)} if asked.since else {}
    found = found.filter(**{name: value for name, value in further.items() if value})
    if text := asked.q.replace("\x00", "").strip():
        found = found.filter(pk__in=found_by(user, text, LOOKED_AT))
    if asked.after:
        at, pk = _place(asked.after)
        found = found.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    rows = list(found.defer("html", "quoted", "references").order_by("-at", "-pk")[: size + 1])
    following = f"{rows[size - 1].at.isoformat()}~{rows[size - 1].pk}" if len(rows) > size else ""
    return {"items": listed(rows[:size], user), "after": following}


@router.get("/{int:pk}", response={200: MessageRead, **WRONG}, operation_id="read_message")
def message(request: HttpRequest, pk: int) -> Any:
    return read(_message(request, pk), request.user)


@router.get(
    "/{int:pk}/attachments/{int:number}",
    response={200: None, **WRONG},
    operation_id="file_message",
    openapi_extra=BYTES,
)
def attachment(request: HttpRequest, pk: int, number: int) -> Any:
    """The file, as it came or left."""
    inside = _message(request, pk).attachments.select_related("file").filter(pk=min(number, LONGEST_ID)).first()
    if inside is None:
        raise Http404
    return handed_out(inside.file, inside.name, request)


@router.post("", response={200: MessageRead, 201: MessageRead, **WRONG}, operation_id="send_message")
def send(request: HttpRequest, payload: Sending) -> Any:
    """From one of your mailboxes, after some seconds in which it can be taken back.

    The header `Idempotency-Key` names it: the same call again is answered with the same letter (200), not sent twice.
    """
    user, about = request.user, About()
    if payload.record_type:
        known = registry.get(payload.record_type) if payload.record_type in WRITTEN_ON else None
        if known is None:
            raise Http404
        about.record = one(known, user, payload.record_id)
    if payload.answers is not None:
        about.answers = _message(request, payload.answers)
    new, sent = send_for(user, payload.model_dump(), about, request.headers.get("Idempotency-Key", "").strip())
    return 201 if new else 200, read(sent, user)


@router.post("/{int:pk}/stop", response={200: MessageRead, **WRONG}, operation_id="stop_message")
def stop(request: HttpRequest, pk: int) -> Any:
    """Takes a letter of your own back before it leaves: it is a draft again."""
    found = _message(request, pk)
    if found.author_id != request.user.pk:
        raise Http404
    if not take_back(found):
        raise Refusal(422, _("Too late: it has left."))
    return read(_message(request, pk), request.user)


def _permitted(user: Any) -> None:
    if not user.rights.may("view", "message"):
        raise Refusal(403, _("Your roles do not allow this."))


def _message(request: HttpRequest, pk: int) -> Message:
    _permitted(request.user)
    related = ("thread", "mailbox", *CUSTOMERS)
    found = findable_by(request.user).select_related(*related).filter(pk=min(pk, LONGEST_ID)).first()
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


def _moment(text: str) -> dt.datetime:
    """A moment, or the beginning of a day, as ISO."""
    try:
        moment = parse_datetime(text.replace(" ", "+")) or parse_datetime(f"{text}T00:00")
        if moment is not None and EARLIEST < moment.year < LATEST:
            return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except ValueError:
        pass
    raise Refusal(400, _("“%(value)s” is not a date.") % {"value": text})


def _place(after: str) -> tuple[dt.datetime, int]:
    at, _tilde, pk = after.partition("~")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise Refusal(400, _("This page of the list does not exist."))
    return _moment(at), int(pk)
