"""Pictures that no text names any more go: typed away, or part of a letter that has left and carries its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from django.utils import timezone

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.pictures.models import Picture
from fedele.inbox.sending.models import MailTemplate, Writer
from fedele.tasks.jobs import job
from fedele.ui.formatted.pictures import PLACE, addresses_in
from fedele.ui.models import Draft

#: A letter may lie half written for a while, and a change of a signature be taken back.
GRACE = dt.timedelta(days=30)
#: Texts that name pictures for as long as they stand.
NAMING = ((Mailbox, "signature_html"), (Writer, "signature_html"), (MailTemplate, "body_html"))
CHUNK = 500


@job(retries=2)
def sweep() -> int:
    """Nightly; the bytes go with the sweep of files, once nothing else points at them. Returns how many went."""
    old = Picture.objects.filter(made_at__lt=timezone.now() - GRACE)
    if not old.exists():
        return 0
    named = {one.removeprefix(PLACE).partition("/")[0] for text in _texts() for one in addresses_in(text)}
    gone = [pk for pk, token in old.values_list("pk", "token").iterator() if token not in named]
    for start in range(0, len(gone), CHUNK):
        Picture.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    return len(gone)


def _texts() -> Iterator[str]:
    for model, column in NAMING:
        yield from model._base_manager.filter(**{f"{column}__contains": PLACE}).values_list(column, flat=True)  # type: ignore[attr-defined]
    for kept in Draft.objects.values_list("text", flat=True).iterator():
        if PLACE in json.dumps(kept):
            yield from (text for text in kept.values() if isinstance(text, str))
