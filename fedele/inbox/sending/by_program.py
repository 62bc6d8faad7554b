"""A letter that a program sends for somebody: the same form, checks and time to take it back as on the screen."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS as ALL
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Message
from fedele.inbox.sending.attaching import ticket
from fedele.inbox.sending.forms import LINES, LetterForm
from fedele.inbox.sending.views import About, initial, letter_of
from fedele.inbox.sending.writing import ASKED, post, signature_for
from fedele.knowledge.documents.models import Document
from fedele.knowledge.files.handing import said_to_be
from fedele.records.api.doors import Refusal
from fedele.ui.formatted.fields import HTML

LONGEST_KEY = 100


def send_for(user: Any, given: dict[str, Any], about: About, key: str = "") -> tuple[bool, Message]:
    """(whether it is new, the message). Asked for twice under one key, it is sent once."""
    if not user.rights.may("create", "message"):
        raise PermissionDenied(_("You may read mail but not write any."))
    if len(key) > LONGEST_KEY:
        raise Refusal(400, _("The header %(name)s is too long.") % {"name": "Idempotency-Key"})
    mark = hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest() if key else ""
    if (before := _sent_before(user, key, mark)) is not None:
        return False, before
    form = _form_of(user, given, about)
    if not form.is_valid():
        fields = {"" if name == ALL else name: list(map(str, said)) for name, said in form.errors.items()}
        raise Refusal(422, _("Some values are not right."), fields)
    letter = letter_of(about, form)
    letter.request_key, letter.request_mark = key, mark
    try:
        with transaction.atomic():
            return True, post(letter, user)
    except IntegrityError:
        # The same call came twice at the same moment: the other one sent it.
        if (before := _sent_before(user, key, mark)) is None:
            raise
        return False, before


def _sent_before(user: Any, key: str, mark: str) -> Message | None:
    before = Message.objects.filter(author=user, request_key=key).first() if key else None
    if before is not None and before.notes.get(ASKED) != mark:
        raise Refusal(422, _("Another letter was sent under this key."))
    return before


def _form_of(user: Any, given: dict[str, Any], about: About) -> LetterForm:
    usual = initial(about, user)
    data = QueryDict(mutable=True)
    for name in ("mailbox", "subject", "text"):
        data[name] = str(given[name] if given.get(name) is not None else usual.get(name) or "")
    for name in LINES:
        data[name] = ", ".join(given[name]) if given.get(name) is not None else usual.get(name, "")
    data.update(_signature(user, given.get("signature"), str(data["mailbox"])))
    data.setlist("anyway", given.get("anyway") or [])
    data.setlist("kept", _tickets(user, given.get("documents") or []))
    return LetterForm(data, user=user)


def _signature(user: Any, given: str | None, mailbox: str) -> dict[str, str]:
    """Without one of its own the letter is signed as on the screen, formatted as it is there."""
    if given is not None:
        return {"signature": given}
    usual = signature_for(user, _mailbox(user, mailbox))
    return {"signature": str(usual), **({f"signature{HTML}": usual.html} if usual.html else {})}


def _mailbox(user: Any, pk: str) -> Mailbox | None:
    return Mailbox.objects.visible_to(user).filter(pk=pk).first() if pk.isdecimal() else None


def _tickets(user: Any, ids: list[int]) -> list[str]:
    """The files of documents one sees, as their versions that hold."""
    seen = Document.objects.visible_to(user).select_related("current__stored").filter(pk__in=ids)
    found = {one.pk: one.current for one in seen}
    if missing := [str(pk) for pk in ids if found.get(pk) is None]:
        words = _("There is no such document, or it is not yours to see: %(ids)s.") % {"ids": ", ".join(missing)}
        raise Refusal(422, _("Some values are not right."), {"documents": [words]})
    return [ticket((found[pk].stored, found[pk].name, said_to_be(found[pk].name))) for pk in ids]
