"""One thread and one message, for who may see them; and what one does with them."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.inbox.mailboxes.models import Mailbox, Rule
from fedele.inbox.messages.models import DRAWN, Attachment, Message, Thread
from fedele.inbox.threads.body import bodies, html_of, shows_pictures
from fedele.knowledge.files.handing import handed_out
from fedele.notices.telling import tell
from fedele.people.assignment.people import who_can_work
from fedele.records.page.answering import in_dialog
from fedele.records.registry import registry
from fedele.ui import redirect, render

#: Messages of a thread on its page; older ones when asked for.
SHOWN, MOST = 30, 500
RELATED = ("mailbox", "company", "contact", "lead", "assigned_to")


def thread_of(request: HttpRequest, pk: int) -> Thread:
    return get_object_or_404(Thread.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def message_of(request: HttpRequest, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(request.user).select_related("thread", *RELATED), pk=pk)


@require_GET
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    found = thread_of(request, pk)
    # A thread one sees may hold a message one does not: each is asked for by itself.
    messages = Message.objects.visible_to(request.user).filter(thread=found).select_related("mailbox", "author")
    at = number(request.GET.get("at", ""))
    newest, older = _shown(messages, at, MOST if "all" in request.GET else SHOWN)
    if found.is_unread and is_of_mailbox(found, request.user):
        Thread.objects.filter(pk=pk).update(is_unread=False)
    context = {
        "thread": found,
        "bodies": bodies(newest, request.user),
        "older": older,
        "at": at,
        "places": places_of(found, request.user),
        "may_write": request.user.rights.may("create", "message"),
        "may_edit": request.user.rights.may("edit", "message"),
        "colleagues": who_can_work("message", right="view")[:200],
    }
    return render(request, "inbox/threads/thread.html", context)


def _shown(messages: Any, at: int, most: int) -> tuple[list[Message], bool]:
    """The newest `most` as they were written, and whether there are older ones; more of them to reach the message `at`."""
    newest = list(messages.order_by("-at", "-pk")[: most + 1])
    if at and at not in [one.pk for one in newest[:most]] and (wanted := messages.filter(pk=at).first()) is not None:
        return list(messages.filter(at__gte=wanted.at).order_by("at", "pk")[:MOST]), True
    return list(reversed(newest[:most])), len(newest) > most


def number(text: str) -> int:
    """An id in an address; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def is_of_mailbox(found: Thread, user: Any) -> bool:
    """Read by those it came to; who looks on from the customer's page leaves it unread for them."""
    if found.assigned_to_id == user.pk:
        return True
    return Mailbox.objects.visible_to(user).filter(pk=found.mailbox_id).exists()


def places_of(found: Thread, user: Any) -> list[tuple[str, str, str]]:
    """(icon, name, address) of the records it is filed on, those this user may see."""
    wanted = [(name, getattr(found, f"{name}_id")) for name in ("contact", "lead", "company")]
    wanted += [(found.about_type, found.about_id)] if found.about_type in registry else []
    places = []
    for key, record_id in wanted:
        record_type = registry.by_key(key)
        record = record_type.model.objects.visible_to(user).filter(pk=record_id).first() if record_id else None
        if record is not None:
            places.append((record_type.icon, str(record), record_type.url(record.pk)))
    return places


@require_GET
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """The body of one message, where it opens in a timeline."""
    found = message_of(request, pk)
    may_write = request.user.rights.may("create", "message")
    context = {"body": bodies([found], request.user)[0], "alone": True, "may_write": may_write}
    return in_dialog(request, "inbox/threads/_message.html", str(found), context)


@require_GET
def laid_out(request: HttpRequest, pk: int) -> HttpResponse:
    """As its sender laid it out, cleaned; without pictures from elsewhere."""
    found = message_of(request, pk)
    return render(request, "inbox/threads/_html.html", {"html": html_of(found), "message": found})


@require_GET
@csp_update({"img-src": ["https:", "http:"]})
def pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on a page of its own, with pictures from elsewhere: only this page's policy lets them in."""
    found = message_of(request, pk)
    context = {
        "html": html_of(found, with_pictures=True),
        "message": found,
        "always": shows_pictures(found, request.user),
    }
    response = render(request, "inbox/threads/pictures.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def always_pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own choice for this sender; chosen again it is taken back."""
    found = message_of(request, pk)
    rule = {"sender": found.sender, "does": Rule.Does.IMAGES, "user": request.user}
    if Rule.objects.filter(**rule).delete()[0] == 0:
        Rule.objects.create(**rule, made_by=request.user)
    return redirect(request, f"/mail/message/{pk}/pictures/", _("Noted for this sender."))


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    attached = attachment_of(request, pk)
    return handed_out(attached.file, attached.name, request)


@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture the message carries, for where it stands in the text; drawn only when its bytes are one."""
    attached = attachment_of(request, pk)
    if attached.file.kind not in DRAWN:
        raise Http404
    response = handed_out(attached.file, attached.name, request)
    response.headers["Content-Type"] = attached.file.kind
    response.headers["Content-Disposition"] = "inline"
    return response


@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes it came or left as."""
    found = message_of(request, pk)
    if found.raw is None:
        raise Http404
    return handed_out(found.raw, f"{found.subject[:60] or pk}.eml", request)


def attachment_of(request: HttpRequest, pk: int) -> Attachment:
    visible = Message.objects.visible_to(request.user)
    return get_object_or_404(Attachment.objects.select_related("file").filter(message__in=visible), pk=pk)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """POST what=unread | answered | waiting | confidential | open | assign (&to=…)."""
    found = thread_of(request, pk)
    if not request.user.rights.may("edit", "message"):
        raise PermissionDenied(_("You may read mail but not change anything about it."))
    what = request.POST.get("what", "")
    if what == "assign":
        return _assign(request, found)
    changes: dict[str, tuple[dict[str, Any], str]] = {
        "unread": ({"is_unread": True}, _("Unread again.")),
        "answered": ({"waiting_since": None, "awaited_since": None}, _("No answer is needed.")),
        "waiting": ({"waiting_since": found.last_at}, _("It waits for an answer.")),
        "confidential": ({"is_confidential": True}, _("Only those of the mailbox see it now.")),
        "open": ({"is_confidential": False}, _("Whoever sees the customer sees it again.")),
    }
    if what not in changes or (what in ("confidential", "open") and not is_of_mailbox(found, request.user)):
        raise Http404
    values, said = changes[what]
    Thread.objects.filter(pk=pk).update(**values)
    if "is_confidential" in values:
        found.messages.update(**values)
    return redirect(request, "/mail/" if what == "unread" else f"/mail/{pk}/", said)


def _assign(request: HttpRequest, found: Thread) -> HttpResponse:
    chosen = request.POST.get("to", "")
    to = get_user_model().objects.filter(is_active=True, pk=number(chosen)).first()
    if chosen and (to is None or not to.rights.may("view", "message")):
        return redirect(request, f"/mail/{found.pk}/", _("This colleague does not read mail here."), level="warn")
    Thread.objects.filter(pk=found.pk).update(assigned_to=to)
    found.messages.update(assigned_to=to)
    if to is not None and to.pk != request.user.pk:
        tell(to, "mail.assigned", title=str(found), url=f"/mail/{found.pk}/", actor=request.user)
    said = _("%(who)s answers.") % {"who": to} if to else _("Nobody in particular answers.")
    return redirect(request, f"/mail/{found.pk}/", said)
