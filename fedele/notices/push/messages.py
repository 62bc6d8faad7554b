"""What a push says: in its reader's language, no more than the reader may see at this moment."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fedele.notices import unread_count
from fedele.notices.kinds import kinds
from fedele.notices.models import Notice
from fedele.notices.reading import Told, read

#: Seconds for which a push service keeps trying: what is urgent is worth nothing later.
URGENT_LIFE, LIFE = 120, 24 * 3600
#: Push services take 4096 bytes encrypted; a notice is a sentence.
LONGEST = 300


def life_of(notice: Notice) -> int:
    kind = kinds.get(notice.kind)
    return URGENT_LIFE if kind is not None and kind.urgent else LIFE


def message_of(notice: Notice, user: Any) -> bytes | None:
    """None when it has been read, put off, can no longer be seen, or came too long ago."""
    now = timezone.now()
    if notice.read_at or notice.shown_at > now or (now - notice.shown_at).total_seconds() > life_of(notice):
        return None
    with translation.override(user.language):
        told = read([notice], user)[0]
        return None if told.is_hidden else json.dumps(_said(told, user), ensure_ascii=False).encode()


def _said(told: Told, user: Any) -> dict[str, Any]:
    notice = told.notice
    title = told.title if told.title and told.title != told.text else "Fedele"
    return {
        "id": notice.pk,
        "user": user.pk,
        "title": title[:LONGEST],
        "body": told.text[:LONGEST],
        "url": reverse("notices:open", args=[notice.pk]),
        "tag": notice.group,
        "at": int(notice.at.timestamp() * 1000),
        "unread": unread_count(user),
        "actions": [{"action": "read", "title": _("Done")}, {"action": "snooze", "title": _("In an hour")}],
    }


def headers_of(notice: Notice) -> dict[str, str]:
    """The topic is the record's: of several steps that wait at the push service, the newest arrives."""
    kind = kinds.get(notice.kind)
    topic = base64.urlsafe_b64encode(hashlib.sha256(notice.group.encode()).digest())[:32].decode()
    return {
        "TTL": str(life_of(notice)),
        "Urgency": "high" if kind is not None and kind.urgent else "normal",
        "Topic": topic,
    }
