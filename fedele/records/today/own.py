"""The blocks everybody has: what one worked on last, what one was told."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.notices.models import Notice
from fedele.notices.reading import read
from fedele.records.palette import recent_of
from fedele.records.today.blocks import MOST, Block, Row, today_block
from fedele.ui.moments import ago

TOLD = 5


@today_block("recent", label=gettext_lazy("Recently worked on"), icon="history", order=90, column="main")
def recently_worked_on(user: Any) -> Block:
    rows = [Row(item.title, item.url, item.note, item.icon) for item in recent_of(user)]
    return Block(rows, empty=_("Whatever you open and change appears here."))


@today_block("news", label=gettext_lazy("News"), icon="bell", order=80)
def news(user: Any) -> Block:
    unread = Notice.objects.inbox_of(user).unread()
    told = read(unread.order_by("-id")[:TOLD], user)
    rows = [Row(one.text, reverse("notices:open", args=[one.notice.pk]), ago(one.notice.at), one.icon) for one in told]
    count = unread.order_by()[: MOST + 1].count() if len(rows) == TOLD else len(rows)
    return Block(rows, count or None, reverse("notices:inbox") if rows else "", empty=_("Nothing new."))
