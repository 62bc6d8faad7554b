"""What other departments' pages and lists find of conversations by a declaration."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from fedele.access.seeing import who_sees
from fedele.inbox.conversations import erasing, noticing  # noqa: F401 (declarations)
from fedele.inbox.conversations.models import Remark
from fedele.inbox.conversations.reading import keys_seen, unread_count, unread_of
from fedele.inbox.conversations.views import followed
from fedele.inbox.conversations.writing import address
from fedele.journal.sentences import sentence
from fedele.notices.following import Follow
from fedele.records.adding import EVERY, adds_composer, adds_panel
from fedele.records.api.further import adds_router
from fedele.records.beforehand import asks_beforehand, may_have
from fedele.records.page.types import story_type
from fedele.ui import menu
from fedele.ui.live import Here, live

adds_router("conversations", "fedele.inbox.conversations.api.router")
story_type("talk", label=_("Conversations"), icon="messages-square", kinds=("*.said",), department="inbox", order=35)
sentence("*.said", _("wrote to colleagues"), icon="message-square")
menu.entry(
    "start",
    "conversations",
    _("Conversations"),
    "conversations",
    icon="messages-square",
    keys="g m",
    badge=unread_count,
)


@adds_panel(EVERY, template="inbox/conversations/_followed.html")
def who_follows(record: Any, user: Any) -> dict[str, Any] | None:
    """Where nobody ever pressed the button only whose it is follows: that costs no statement."""
    if may_have(record, "follows"):
        return followed(record, user)
    people = [record.owner] if record.owner_id and record.owner.is_active else []
    # Whose it is may have a role that does not see it.
    people = people if user in people else who_sees(record, people)
    return {"record": record, "followers": people, "is_following": user in people, "url": address(record)}


@adds_composer(EVERY, name="talk", label=_("Message to colleagues"), icon="message-square", key="Shift+I", order=15)
def write_to_colleagues(record: Any, user: Any) -> str:
    """Whoever may see the record."""
    return address(record, "new/")


@asks_beforehand(EVERY)
def whether_followed(record_type: Any) -> dict[str, Any]:
    said = Follow.objects.filter(record_type=record_type.key, record_id=OuterRef("pk"))
    return {"follows": Exists(said)}


@live("talk", here=True)
def talk(user: Any, since: dt.datetime, here: Here | None) -> dict[str, Any]:
    """How many conversations are unread, and the last thing said about the record whose page asks."""
    unread = unread_of(user)
    said: dict[str, Any] = {"unread": len(unread), "fresh": sum(1 for at in unread if at > since)}
    if here is not None:
        latest = Remark.objects.filter(record_type=here.record_type, record_id=here.record_id, at__gt=since)
        newest = latest.order_by("-pk").values_list("pk", flat=True).first()
        if newest and keys_seen([(here.record_type, here.record_id)], user):
            said["here"] = newest
    return said
