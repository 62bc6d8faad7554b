"""A mailbox begins, and ceases, to be reached by a permission instead of a password."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fedele.access.audit import audit
from fedele.inbox.mailboxes.connecting import Security
from fedele.inbox.mailboxes.models import Mailbox, Standing
from fedele.inbox.providers.models import Grant, Provider
from fedele.inbox.providers.tokens import Tokens


def connect(box: Mailbox, provider: Provider, tokens: Tokens, *, by: Any) -> None:
    """What was wrong before is over, and no password stays behind."""
    with transaction.atomic():
        values = {"provider": provider, "given_by": by, "given_at": timezone.now()}
        new = Grant(mailbox=box)
        Grant.objects.update_or_create(mailbox=box, defaults={**values, **new.values_of(tokens)})
        _settle(box, provider)
        box.save()
        audit("mailbox.connected", box, actor=by, provider=str(provider))


def disconnect(box: Mailbox, *, by: Any) -> Grant | None:
    """Without a password nothing can be read: it rests, so that nobody is told each time that it is refused.

    Returns the permission that is forgotten here, if there was one: whoever has the time takes it back there.
    """
    grant = Grant.of(box)
    with transaction.atomic():
        Mailbox.objects.filter(pk=box.pk).update(is_paused=True, standing=Standing.NEW, trouble="", failing_since=None)
        if Grant.objects.filter(mailbox=box).delete()[0]:
            audit("mailbox.disconnected", box, actor=by)
    return grant


def _settle(box: Mailbox, provider: Provider) -> None:
    box.imap_password = box.smtp_password = box.smtp_user = ""
    # These know a mailbox by its address, or by that of somebody who may open it.
    box.imap_user = box.imap_user if "@" in box.imap_user else ""
    box.standing, box.trouble, box.copy_trouble = Standing.NEW, "", ""
    box.is_paused, box.is_reported, box.failing_since = False, False, None
    if (known := provider.known) is None:
        return
    # Both put what is sent into the folder of sent mail by themselves.
    box.copies_sent = box.copies_sent and box.imap_host == known.imap_host
    box.imap_host, box.imap_port, box.imap_security = known.imap_host, 993, Security.TLS
    box.smtp_host, box.smtp_port, box.smtp_security = known.smtp_host, 587, Security.STARTTLS
