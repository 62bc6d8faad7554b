"""Writing to colleagues about a record, putting it better within some minutes, taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.base.verbs import Refused
from fedele.inbox.conversations.attaching import attach, kept
from fedele.inbox.conversations.models import LONGEST, Part, Remark
from fedele.inbox.conversations.naming import Unfit, named_in
from fedele.journal.acting import act_as
from fedele.journal.redacting import reword
from fedele.notices.following import follow, followers_of
from fedele.notices.models import Notice
from fedele.notices.telling import tell

#: So much of a message is told in a notice.
EXCERPT = 140


def tidy(text: str) -> str:
    """What was typed without what nobody can see at its ends. Raises `Unfit` for nothing, or too much."""
    plain = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not plain:
        raise Unfit(_("Write something first."))
    if len(plain) > LONGEST:
        raise Unfit(_("This message is too long: at most %(n)s characters.") % {"n": LONGEST})
    return plain


def say(record: Any, author: Any, text: str, *, answers: Remark | None = None, files: Iterable[Any] = ()) -> Remark:
    """Raises `Unfit`. Who writes and who is named follow the record from now on; all who follow it have it unread."""
    text = tidy(text)
    named, sent = named_in(text, record), kept(files)
    with transaction.atomic(), act_as(author):
        message = Remark(record_type=record.record_type, record_id=record.pk, author=author, text=text)
        message.named, message.answers = named.names, answers
        message.save()
        attach(message, sent)
        called = [one for one in named.people if one.pk != author.pk]
        for one in (author, *called):
            follow(record, one, by_itself=True)
        deal_out(message, {one.pk for one in followers_of(record)} | {author.pk}, called)
        entry = record.journal("said", text=text, message=message.pk, to=[one.pk for one in called])
        Remark.objects.filter(pk=message.pk).update(entry_id=entry.pk)
        message.entry_id = entry.pk
    return message


def deal_out(message: Remark, hearing: set[int], called: Iterable[Any]) -> None:
    """Each who hears of it gets it into their list: three statements however many they are."""
    named = {one.pk for one in called}
    place = {"record_type": message.record_type, "record_id": message.record_id}
    there = Part.objects.select_for_update().filter(**place, user_id__in=hearing | named)
    before = {part.user_id: part for part in there}
    parts = [before.get(pk) or Part(user_id=pk, **place) for pk in sorted(hearing | named)]
    for part in parts:
        own = part.user_id == message.author_id
        part.last, part.last_at = message, message.at
        part.is_unread, part.has_written = not own, part.has_written or own
        part.is_named = part.is_named or part.user_id in named
        part.read_to = message.pk if own else part.read_to
    Part.objects.bulk_create([part for part in parts if part.pk is None], ignore_conflicts=True)
    kept = ["last", "last_at", "is_unread", "is_named", "has_written", "read_to"]
    Part.objects.bulk_update([part for part in parts if part.pk is not None], kept)


def change(message: Remark, user: Any, text: str, record: Any) -> None:
    """Only its author, and not for long: others may have acted on it. Raises `Refused` or `Unfit`.

    Whoever is named only now hears of it now.
    """
    if not message.may_change(user):
        raise Refused(_("A message can be changed by who wrote it, within a quarter of an hour."))
    text = tidy(text)
    named = named_in(text, record)
    message.text, message.named, message.edited_at = text, named.names, timezone.now()
    with transaction.atomic():
        message.save(update_fields=["text", "named", "edited_at"])
        entry = reword(message.entry_id, text)
        for notice in Notice.objects.filter(entry_id=message.entry_id):
            notice.data = {**notice.data, "text": text[:EXCERPT]}
            notice.save(update_fields=["data"])
        before = set(entry.data.get("to", ())) if entry else set()
        _call(message, record, user, [one for one in named.people if one.pk not in before | {user.pk}])


def _call(message: Remark, record: Any, author: Any, fresh: list[Any]) -> None:
    for one in fresh:
        follow(record, one, by_itself=True)
        tell(one, "conversation.mentioned", record=record, data={"text": message.text[:EXCERPT]}, actor=author)
    if fresh:
        deal_out(message, set(), fresh)


def take_away(message: Remark, user: Any) -> None:
    """Its words go, from the record's journal and from the notices too; that there was one stays. Raises `Refused`."""
    if not message.may_remove(user):
        raise Refused(_("A message can be taken away only by who wrote it."))
    message.text, message.named, message.removed_at = "", [], timezone.now()
    with transaction.atomic():
        message.save(update_fields=["text", "named", "removed_at"])
        message.files.all().delete()
        reword(message.entry_id, "")
        Notice.objects.filter(entry_id=message.entry_id).delete()
