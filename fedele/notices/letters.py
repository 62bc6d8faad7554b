"""The e-mail of one or several notices, as text and as HTML, in the language of who gets it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.notices.kinds import Kind, kinds
from fedele.notices.models import NoticeMail
from fedele.notices.reading import Told, by_record, read
from fedele.notices.stopping import DAILY, stop_path

#: A digest names so many and counts the rest.
SHOWN = 50


def compose(mail: NoticeMail) -> EmailMultiAlternatives | None:
    """None when nothing in it is still worth telling: all read, out of sight, or the person has left."""
    if not mail.user.is_active:
        return None
    notices = mail.notices.select_related("actor").order_by("id")
    if mail.is_digest:
        notices = notices.filter(read_at=None)
    with translation.override(mail.user.language):
        told = [one for one in read(notices, mail.user) if not one.is_hidden]
        return _letter(mail, told) if told else None


def _letter(mail: NoticeMail, told: list[Told]) -> EmailMultiAlternatives:
    context = _context(mail, told)
    letter = EmailMultiAlternatives(
        subject=_subject(mail, told),
        body=_rendered("notices/mail.txt", context).strip() + "\n",
        to=[mail.user.email],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "List-Unsubscribe": f"<{context['site']}{context['stop']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            **_thread(told),
        },
    )
    letter.attach_alternative(_rendered("notices/mail.html", context), "text/html")
    return letter


def _subject(mail: NoticeMail, told: list[Told]) -> str:
    if not mail.is_digest:
        return " ".join(told[0].text.split())[:180]
    return ngettext("%(num)d notice from Fedele", "%(num)d notices from Fedele", len(told)) % {"num": len(told)}


def _context(mail: NoticeMail, told: list[Told]) -> dict[str, Any]:
    kind = kinds.get(told[0].notice.kind)
    return {
        "user": mail.user,
        "language": mail.user.language,
        "is_digest": mail.is_digest,
        "told": told[:SHOWN],
        "left": max(0, len(told) - SHOWN),
        "records": by_record(told[:SHOWN]),
        "why": _why(mail, kind),
        "stop": stop_path(mail.user, DAILY if mail.is_digest else told[0].notice.kind),
        "site": settings.SITE_URL,
    }


def _why(mail: NoticeMail, kind: Kind | None) -> Any:
    if mail.is_digest:
        return _("This is what has come and was not read, in one e-mail, as you chose.")
    return kind.why if kind else ""


def _thread(told: list[Told]) -> dict[str, str]:
    """Mails about one record stand together in the reader's mail program."""
    notice = told[0].notice
    if len(told) > 1 or not notice.record_id:
        return {}
    return {"References": f"<{notice.record_type}.{notice.record_id}@{settings.SITE_HOST}>"}


def _rendered(template: str, context: dict[str, Any]) -> str:
    return str(engines["jinja2"].get_template(template).render(context))
