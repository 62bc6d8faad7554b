"""One message as a page shows it: its text, what it looked like, what came with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fedele.inbox.mailboxes.models import Rule
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import DRAWN, Attachment, Message, Report
from fedele.inbox.messages.proving import Proof, proofs_of
from fedele.inbox.saving.standing import Standing, standing_of
from fedele.inbox.threads.cleaning import cleaned, has_pictures

#: Bytes from which on a picture in a text is worth keeping: logos, lines and what counts who opens are smaller.
WORTH_KEEPING = 15_000


@dataclass
class Body:
    message: Message
    files: list[Attachment] = field(default_factory=list)
    #: By file: the documents made of it, and where it can become one.
    standing: dict[int, Standing] = field(default_factory=dict)
    #: Where those are that stand in its text.
    pictures: dict[str, str] = field(default_factory=dict)
    #: Those of them that may become documents: a photo of the part that broke, no logo.
    photos: list[Attachment] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    #: The author of what did not leave decides what becomes of it.
    decides: bool = False
    hides_pictures: bool = False
    #: Of what was written here: text and signature as they were formatted, cleaned; "" where they were not.
    formatted: str = ""
    signature: str = ""

    @property
    def proofs(self) -> list[Proof]:
        return proofs_of(self.message)

    def shown(self, html: str) -> str:
        return cleaned(html, picture=lambda cid: self.pictures.get(cid, "")) if html else ""

    def take(self, attached: Attachment) -> None:
        if not attached.stands_in_text:
            self.files.append(attached)
            return
        if attached.cid:
            self.pictures[attached.cid] = f"/mail/attachment/{attached.pk}/picture/"
        if attached.file.size >= WORTH_KEEPING and not self.message.is_written_here:
            self.photos.append(attached)

    @property
    def address(self) -> str:
        return f"/mail/message/{self.message.pk}/"


def bodies(messages: list[Message], user: Any) -> list[Body]:
    """Of a page of messages: a few further statements, however many they are."""
    found = {one.pk: Body(one) for one in messages}
    for attached in Attachment.objects.filter(message__in=found).select_related("file").order_by("pk"):
        found[attached.message_id].take(attached)
    standing = standing_of([file for body in found.values() for file in (*body.files, *body.photos)], messages, user)
    for report in Report.objects.filter(about__in=found).order_by("at"):
        found[report.about_id].reports.append(report)
    for body in found.values():
        state = body.message.state
        body.standing = standing
        body.decides = body.message.author_id == user.pk and state in (State.FAILED, State.UNCERTAIN, State.DRAFT)
        if body.message.is_written_here:
            body.formatted, body.signature = body.shown(body.message.html), body.shown(body.message.signature_html)
        else:
            body.hides_pictures = has_pictures(body.message.html)
    return list(found.values())


def html_of(message: Message, *, with_pictures: bool = False) -> str:
    """Cleaned, with the pictures it carries itself."""
    carried = {
        one.cid: f"/mail/attachment/{one.pk}/picture/"
        for one in message.attachments.select_related("file")
        if one.cid and one.file.kind in DRAWN
    }
    return cleaned(message.html, picture=lambda cid: carried.get(cid, ""), with_pictures=with_pictures)


def shows_pictures(message: Message, user: Any) -> bool:
    """Once allowed for this sender they are shown."""
    return Rule.objects.filter(sender=message.sender, does=Rule.Does.IMAGES, user=user).exists()
