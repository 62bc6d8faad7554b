"""From something that happened to the notices of those concerned, inside the transaction in which it happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from fedele.journal.models import Entry
from fedele.notices.deciding import decide
from fedele.notices.kinds import Kind, kinds
from fedele.notices.mailing import send
from fedele.notices.models import Notice, NoticeMail
from fedele.notices.push.sending import push_out


def tell_of(kind: Kind, entry: Entry, recipients: Iterable[tuple[Any, dict[str, Any]]]) -> list[Notice]:
    """Tells `recipients` of a journal entry: not who did it, not who may not see the record, nobody twice."""
    others = [(user, data) for user, data in recipients if user and user.is_active and user.pk != entry.actor_id]
    wanted = {user.pk: (user, data) for user, data in others}
    if not wanted:
        return []
    told = set(Notice.objects.filter(entry_id=entry.pk, user__in=wanted).values_list("user_id", flat=True))
    url = record_url(entry.record_type, entry.record_id)
    return _store(
        kind,
        [
            Notice(
                user=user,
                kind=kind.key,
                actor_id=entry.actor_id,
                record_type=entry.record_type,
                record_id=entry.record_id,
                title=entry.title,
                data=data,
                url=url,
                entry_id=entry.pk,
                at=entry.at,
            )
            for user, data in wanted.values()
            if user.pk not in told and may_see(user, entry.record_type, entry.record_id)
        ],
    )


def tell(
    user: Any,
    kind: str,
    *,
    record: Any = None,
    title: str = "",
    url: str = "",
    data: dict[str, Any] | None = None,
    actor: Any = None,
    once: str = "",
) -> Notice | None:
    """Tells `user` something no journal entry stands for: a long job is done, a deadline is near.

    `once` names what is told: whoever was told of it is not told again, though a job runs twice, or on two workers.
    None when that is so, when the user does not want to hear of this kind, or may not see `record`.
    """
    if not user.is_active or (once and Notice.objects.filter(user=user, once=once).exists()):
        return None
    notice = Notice(user=user, kind=kind, actor=actor, title=title[:200], url=url, data=data or {}, once=once)
    if record is not None:
        if not may_see(user, record.record_type, record.pk):
            return None
        notice.record_type, notice.record_id = record.record_type, record.pk
        notice.title = notice.title or str(record)[:200]
        notice.url = url or record_url(record.record_type, record.pk)
    try:
        return next(iter(_store(kinds[kind], [notice])), None)
    except IntegrityError:
        # Another worker told it at this very moment.
        if once and Notice.objects.filter(user=user, once=once).exists():
            return None
        raise


def may_see(user: Any, record_type: str, record_id: int) -> bool:
    from fedele.records.registry import registry

    known = registry.get(record_type)
    return bool(known and known.model.objects.visible_to(user).filter(pk=record_id).exists())


def record_url(record_type: str, record_id: int) -> str:
    from fedele.records.registry import registry

    known = registry.get(record_type)
    return known.url(record_id) if known else ""


def _store(kind: Kind, notices: list[Notice]) -> list[Notice]:
    kept = decide(kind, notices)
    with transaction.atomic():
        for notice in kept:
            if notice.email == "now" and notice.held_until is None:
                notice.mail = NoticeMail.objects.create(user=notice.user)
        Notice.objects.bulk_create(kept)
        for notice in kept:
            if notice.mail_id:
                send.enqueue(notice.mail_id)
        push_out([notice for notice in kept if notice.push and notice.held_until is None])
    return kept
