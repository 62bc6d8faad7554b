"""Writing a letter: on a record's page, as an answer in a thread, or on a page of its own."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.calendar.activities.kinds import Kind
from fedele.calendar.activities.logging import attach
from fedele.calendar.activities.models import Activity
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message
from fedele.inbox.pictures.embedding import taken_out
from fedele.inbox.sending.addresses import first_of, offered, shown, to_answer
from fedele.inbox.sending.attaching import Kept, ticket
from fedele.inbox.sending.copying import keep_copy
from fedele.inbox.sending.filling import added, filled, filled_body
from fedele.inbox.sending.forms import LetterForm
from fedele.inbox.sending.models import MailTemplate
from fedele.inbox.sending.passing import Passed, passed_on
from fedele.inbox.sending.writing import (
    Letter,
    answering,
    post,
    quotation,
    send_again,
    signature_for,
    take_back,
    writer_of,
)
from fedele.records.page.answering import in_composer, in_dialog, told
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import redirect, render
from fedele.ui.formatted.fields import FormattedArea
from fedele.ui.formatted.text import Formatted

#: From whose page a letter is written.
WRITTEN_ON = ("company", "contact", "lead", "opportunity")


@dataclass
class About:
    """What a letter is about, from its address: ?on=company:12, ?reply=5[&all=1], ?forward=5, ?draft=5."""

    record: Any = None
    answers: Message | None = None
    passes_on: Message | None = None
    draft: Message | None = None
    everybody: bool = False
    writer: Any = None

    @classmethod
    def read(cls, request: HttpRequest) -> About:
        asked, user = request.GET, request.user
        about = cls(everybody=asked.get("all") == "1", writer=user)
        if "on" in asked:
            about.record = _record(asked["on"], user)
        for name, key in (("answers", "reply"), ("passes_on", "forward"), ("draft", "draft")):
            if key in asked:
                setattr(about, name, _message(asked[key], user))
        if about.draft is not None and about.draft.author_id != user.pk:
            raise Http404
        return about

    @functools.cached_property
    def answered(self) -> Message | None:
        """What this letter answers, also when it was begun as a draft."""
        return self.answers or (_answered_by(self.draft) if self.draft else None)

    @functools.cached_property
    def passed(self) -> Passed | None:
        """What a letter begins with that passes another one on."""
        return passed_on(self.passes_on, self.writer) if self.passes_on else None

    @property
    def customer(self) -> Any:
        source = self.answers or self.passes_on or self.draft
        return self.record or (source.customer if source else None)


def write(request: HttpRequest) -> HttpResponse:
    """GET: the form, as a fragment for a page's composer or whole. POST: the letter is on its way."""
    if not request.user.rights.may("create", "message"):
        raise PermissionDenied(_("You may read mail but not write any."))
    about = About.read(request)
    form = (
        LetterForm(request.POST, request.FILES, user=request.user)
        if request.method == "POST"
        else LetterForm(user=request.user, initial=initial(about, request.user, to=request.GET.get("to", "")[:300]))
    )
    if request.method == "POST" and form.is_valid():
        return _posted(request, about, form)
    context = {
        "form": form,
        "quoted": quotation(about.answered) if about.answered else "",
        "url": request.get_full_path(),
        "about": about,
        "customer": about.customer,
        "people": offered(about.customer, request.user) if about.customer is not None else [],
        "templates": MailTemplate.objects.visible_to(request.user).filter(is_active=True).order_by("name")[:100],
        "kept": [(ticket(one), one[1], -(-one[0].size // 1024)) for one in _kept(form, about)],
        "has_mailbox": Mailbox.objects.visible_to(request.user).exists(),
        "draft_key": f"mail:{request.GET.urlencode()}"[:120],
        "whole": not in_composer(request),
        "back": _back(about),
        "errors": [
            (name, form.fields[name].label, said[0]) for name, said in form.errors.items() if name in form.fields
        ],
    }
    status = 422 if form.errors else 200
    return in_dialog(request, "inbox/sending/_write.html", _("Write an e-mail"), context, status=status)


def letter_of(about: About, form: LetterForm) -> Letter:
    """What was typed, or given by a program, once the form found it well."""
    given = form.cleaned_data
    answered = about.answered
    return Letter(
        mailbox=given["mailbox"],
        to=given["to"],
        cc=given["cc"],
        bcc=given["bcc"],
        subject=given["subject"],
        text=str(given["text"]),
        signature=str(given["signature"]),
        html=given["text"].html,
        signature_html=given["signature"].html,
        files=form.kept,
        anyway=[one for one in form.anyway if one in form.unreachable],
        quoted=quotation(answered) if answered else "",
        record=about.record or (about.draft.customer if about.draft and not answered else None),
        answers=answered,
        thread=about.draft.thread if about.draft else None,
    )


def _posted(request: HttpRequest, about: About, form: LetterForm) -> HttpResponse:
    letter, given = letter_of(about, form), form.cleaned_data
    with transaction.atomic():
        message = post(letter, request.user)
        if about.draft is not None:
            about.draft.delete()
        if given["remind_on"] and request.user.rights.may("create", "activity"):
            _remind(message, about.customer, given["remind_on"], request.user)
    undo = f"/mail/sent/{message.pk}/stop/"
    if in_composer(request):
        return told(request, "", _("The e-mail is on its way."), undo)
    return redirect(request, _home(message), _("The e-mail is on its way."), undo)


def _remind(message: Message, customer: Any, day: Any, user: Any) -> None:
    """What is waited for is planned: a follow-up of the same customer."""
    activity = Activity(
        owner=user,
        kind=Kind.FOLLOW_UP,
        due_on=day,
        subject=(_("No answer yet? %(subject)s") % {"subject": message})[:200],
    )
    if customer is not None:
        attach(activity, customer)
    activity.save()


def initial(about: About, user: Any, to: str = "") -> dict[str, Any]:
    """What stands in a letter before anything is typed."""
    mailboxes = list(Mailbox.objects.visible_to(user)[:50])
    mailbox = _usual(about, user, mailboxes)
    found = {"mailbox": mailbox.pk if mailbox else None, "signature": signature_for(user, mailbox)}
    own = {address.lower() for one in mailboxes for address in one.addresses}
    if about.draft is not None:
        draft = about.draft
        lines = {name: shown(draft.recipients.get(name, ())) for name in ("to", "cc", "bcc")}
        html, signed = taken_out(draft, user)
        text, signature = Formatted(draft.text, html), Formatted(draft.signature, signed)
        return {**found, **lines, "subject": draft.subject, "text": text, "signature": signature}
    if about.answers is not None:
        receivers, cc = to_answer(about.answers, own, everybody=about.everybody)
        return {**found, "to": shown(receivers), "cc": shown(cc), "subject": answering(about.answers.subject)}
    if about.passes_on is not None and about.passed is not None:
        return {**found, "subject": answering(about.passes_on.subject, "Fwd"), "text": about.passed.text}
    people = first_of(about.record) if about.record is not None else []
    return {**found, "to": to or shown(people)}


def _usual(about: About, user: Any, mailboxes: list[Mailbox]) -> Mailbox | None:
    """That of the thread, one's own choice, one's own mailbox, or the first."""
    source = about.answers or about.draft
    wanted = [source.mailbox_id] if source else []
    wanted += [writer_of(user).mailbox_id, *(one.pk for one in mailboxes if one.owner_id == user.pk)]
    by_key = {one.pk: one for one in mailboxes}
    return next((by_key[key] for key in wanted if key in by_key), mailboxes[0] if mailboxes else None)


def _kept(form: LetterForm, about: About) -> list[Kept]:
    if form.is_bound:
        return form.kept
    if about.draft is not None:
        came = about.draft.attachments.select_related("file")
        return [(one.file, one.name, one.kind) for one in came if not one.is_inline]
    return about.passed.files if about.passed else []


@require_POST
def fill(request: HttpRequest) -> HttpResponse:
    """POST template, and subject, text or text-html as typed: both with the template added; nothing typed is lost."""
    record = _record(request.GET["on"], request.user) if request.GET.get("on") else None
    given, user = request.POST, request.user
    template = get_object_or_404(MailTemplate.objects.visible_to(user), pk=_number(given.get("template")))
    typed = FormattedArea().value_from_datadict(given, {}, "text") or Formatted("")
    subject = given.get("subject", "")[:300] or filled(template.subject, record, user)
    form = LetterForm(
        user=user, initial={"subject": subject, "text": added(typed, filled_body(template, record, user))}
    )
    return render(request, "inbox/sending/_text.html", {"form": form})


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a letter back before it leaves, and opens it as a draft."""
    message = _own(request, pk)
    if not take_back(message):
        return redirect(request, _home(message), _("Too late: it has left."), level="warn")
    return redirect(request, f"/mail/write/?draft={message.pk}", _("Taken back: it is a draft."))


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    message = _own(request, pk)
    if not send_again(message):
        return redirect(request, _home(message), _("It is on its way, or has arrived."), level="info")
    return redirect(request, _home(message), _("The e-mail is on its way."), f"/mail/sent/{message.pk}/stop/")


@require_POST
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """Its author has heard that it arrived after all."""
    message = _own(request, pk)
    with transaction.atomic():
        noted = Message.objects.filter(pk=pk, state=State.UNCERTAIN).update(state=State.SENT, trouble="")
        if noted and message.thread.waiting_since is None:
            message.thread.await_answer(message.at)
        if noted:
            keep_copy.enqueue(pk)
    return redirect(request, _home(message), _("Noted: it has arrived."))


def _back(about: About) -> str:
    """Where one came from: the thread, the customer, or the list of mail."""
    source = about.answers or about.passes_on or about.draft
    if source is not None:
        return _home(source)
    return registry.of(about.record).url(about.record.pk) if about.record is not None else "/mail/"


def _home(message: Message) -> str:
    return f"/mail/{message.thread_id}/"


def _own(request: HttpRequest, pk: int) -> Message:
    """Only who wrote it decides on it."""
    return get_object_or_404(Message.objects.visible_to(request.user), pk=pk, author=request.user)


def _record(place: str, user: Any) -> Any:
    key, _colon, pk = place.partition(":")
    record_type = registry.get(key) if key in WRITTEN_ON else None
    if record_type is None:
        raise Http404
    return find(record_type, _number(pk), user)


def _message(text: str, user: Any) -> Message:
    messages = Message.objects.visible_to(user).select_related("thread", "company", "contact", "lead", "mailbox")
    return get_object_or_404(messages, pk=_number(text))


def _answered_by(draft: Message) -> Message | None:
    if not draft.in_reply_to:
        return None
    return Message.objects.filter(thread=draft.thread_id, message_id=draft.in_reply_to).first()


def _number(text: str | None) -> int:
    if not (text and text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)
