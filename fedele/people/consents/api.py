"""Consents in the API: read and add, of one person at a time. There is no address to change or delete one."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from fedele.people.consents.contacting import may_contact
from fedele.people.consents.models import Consent, ConsentText
from fedele.people.consents.people import KEYS
from fedele.people.consents.purposes import purposes
from fedele.people.consents.recording import record_answer
from fedele.people.consents.words import ANY, Channel, Source
from fedele.records.api.doors import Refusal, one
from fedele.records.api.schemas import LONGEST_ID, WRONG
from fedele.records.registry import registry

router = Router(tags=["consents"])


class Said(Schema):
    id: int
    record_type: str
    record_id: int
    channel: str
    purpose: str = Field(description="Empty: everything that can be refused.")
    said: str
    source: str
    at: dt.datetime
    entered_at: dt.datetime
    entered_by: int | None
    text: int | None
    note: str


class May(Schema):
    channel: str
    purpose: str
    allowed: bool
    code: str


class Answers(Schema):
    items: list[Said]
    may: list[May]


class Saying(Schema):
    model_config = ConfigDict(extra="forbid")
    # What is missing is said in words, and only to who may write at all.
    record_type: str = ""
    record_id: int = Field(0, ge=0, le=LONGEST_ID)
    channels: list[str] = Field([], max_length=len(Channel))
    said: str = ""
    purpose: str = ANY
    source: str = ""
    at: dt.datetime | None = None
    text: int | None = Field(None, ge=1, le=LONGEST_ID)
    note: str = Field("", max_length=300, pattern=r"^[^\x00]*$")


def person(request: HttpRequest, record_type: str, record_id: int, right: str) -> Any:
    if not request.user.rights.may(right, "consent"):
        raise Refusal(403, _("Your roles do not allow this."))
    if record_type not in KEYS:
        raise Http404
    return one(registry.by_key(record_type), request.user, record_id)


def shown(row: Consent) -> dict[str, Any]:
    return {
        "id": row.pk, "record_type": row.record_type, "record_id": row.record_id, "channel": row.channel,
        "purpose": row.purpose, "said": row.said, "source": row.source, "at": row.at, "entered_at": row.entered_at,
        "entered_by": row.entered_by_id, "text": row.text_id, "note": row.note,
    }  # fmt: skip


@router.get("", response={200: Answers, **WRONG}, operation_id="list_consents")
def listing(request: HttpRequest, record_type: str = "", record_id: int = Query(0, ge=0, le=LONGEST_ID)) -> Any:
    """What a lead, contact or company said, newest first, and what follows from it for each channel and purpose now."""
    record = person(request, record_type, record_id, "view")
    rows = Consent.objects.filter(record_type=record_type, record_id=record.pk).order_by("-id")[:1000]
    may = [
        {"channel": str(channel), "purpose": key, "allowed": found.allowed, "code": found.code}
        for key, purpose in purposes().items()
        for channel in Channel
        if purpose.basis(channel)
        for found in [may_contact(record, channel, key)]
    ]
    return {"items": [shown(row) for row in rows], "may": may}


@router.post("", response={201: list[Said], **WRONG}, operation_id="add_consents")
def add(request: HttpRequest, payload: Saying) -> Any:
    """Writes down what was said; one row a channel. A refusal holds at once for every record with the same address."""
    record = person(request, payload.record_type, payload.record_id, "create")
    if payload.source not in Source.values:
        raise Refusal(422, _("Some values are not right."), fields={"source": [_("This is not one of the choices.")]})
    if payload.at is not None and payload.at.tzinfo is None:
        raise Refusal(422, _("Some values are not right."), fields={"at": [_("Give the time zone as well.")]})
    text = ConsentText.objects.filter(pk=payload.text).first() if payload.text else None
    if payload.text and text is None:
        raise Refusal(422, _("Some values are not right."), fields={"text": [_("There is no such text.")]})
    rows = record_answer(
        record, payload.channels, payload.said, purpose=payload.purpose, source=payload.source, at=payload.at, text=text,
        note=payload.note,
    )  # fmt: skip
    return 201, [shown(row) for row in rows]
