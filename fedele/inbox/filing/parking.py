"""The queue of mail nobody knew what to do with: one key makes a lead of it, one files it, one puts it aside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fedele.inbox.filing.leads import PROVIDERS, file_on, make_lead, proposed
from fedele.inbox.mailboxes.models import Mailbox, Rule
from fedele.inbox.messages.kinds import State
from fedele.inbox.messages.models import Message
from fedele.inbox.threads.body import bodies
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead
from fedele.records.likeness import likeness_of
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import redirect, render

PAGE, COUNTED = 50, 99
#: Why a mail waits, in words.
WHYS = {
    "unknown": gettext_lazy("Nobody here has this address."),
    "stranger": gettext_lazy("It answers a mail of ours, but its sender was not one of those it was sent to."),
    "claims_to_be_ours": gettext_lazy("It claims to be from a colleague, and nothing proves it."),
    "lead": gettext_lazy("It was to become a lead."),
}
#: A mail may be filed on these.
PLACES = ("company", "contact", "lead")


def parked_for(user: Any) -> Any:
    return Message.objects.filter(mailbox__in=Mailbox.objects.visible_to(user), state=State.PARKED)


def count_for(user: Any) -> int:
    return int(parked_for(user).order_by().values("pk")[:COUNTED].count())


@require_GET
def parked(request: HttpRequest) -> HttpResponse:
    """?at= the one that is open; ?aside=1 what was put aside, by people or because no person wrote it."""
    if not request.user.rights.may("view", "message"):
        raise PermissionDenied(_("Your role does not include mail."))
    aside = request.GET.get("aside") == "1"
    found = parked_for(request.user)
    if aside:
        found = Message.objects.filter(mailbox__in=Mailbox.objects.visible_to(request.user), state=State.IGNORED)
    rows = list(found.select_related("mailbox", "thread").order_by("-at", "-pk")[:PAGE])
    at = request.GET.get("at", "")
    one = next((row for row in rows if str(row.pk) == at), rows[0] if rows else None)
    context: dict[str, Any] = {"rows": rows, "one": None, "aside": aside, "count": count_for(request.user)}
    if one is not None:
        context |= {
            "one": one,
            "body": bodies([one], request.user)[0],
            "why": WHYS.get(one.notes.get("why", ""), ""),
            "known": known_of(one, request.user),
            "may_lead": request.user.rights.may("create", "lead"),
            "neighbours": _neighbours(rows, one, aside),
        }
    return render(request, "inbox/filing/parked.html", context)


def _neighbours(rows: list[Message], one: Message, aside: bool) -> tuple[str, str]:
    at, more = rows.index(one), "&aside=1" if aside else ""
    following = f"/mail/parked/?at={rows[at + 1].pk}{more}" if at + 1 < len(rows) else ""
    return following, f"/mail/parked/?at={rows[at - 1].pk}{more}" if at else ""


def known_of(message: Message, user: Any) -> list[Any]:
    """Who it perhaps is: by what the mail says of them, and whoever has the same firm's addresses."""
    found = [one for one in likeness_of("lead", [Lead(**proposed(message))], user)[0] if one.record_type in PLACES][:4]
    domain = message.sender.rpartition("@")[2]
    if not found and domain and domain not in PROVIDERS:
        same = (
            Contact.objects.visible_to(user)
            .filter(email__endswith=f"@{domain}", company__isnull=False)
            .select_related("company")[:1]
        )
        companies = [one.company for one in same] or list(
            Company.objects.visible_to(user).filter(email__endswith=f"@{domain}")[:1]
        )
        return [
            _Known("company", one.pk, str(one), [_("same domain: %(domain)s") % {"domain": domain}])
            for one in companies
        ]
    return list(found)


class _Known:
    """As a `Likeness`: a firm whose people write from the same domain."""

    def __init__(self, record_type: str, record_id: int, title: str, reasons: list[str]) -> None:
        self.record_type, self.record_id, self.title, self.reasons = record_type, record_id, title, reasons


def _waiting(request: HttpRequest, pk: int) -> Message:
    boxes = Mailbox.objects.visible_to(request.user)
    states = (State.PARKED, State.IGNORED)
    message = get_object_or_404(
        Message.objects.select_related("thread", "mailbox"), pk=pk, mailbox__in=boxes, state__in=states
    )
    if not request.user.rights.may("edit", "message"):
        raise PermissionDenied(_("You may read mail but not sort it."))
    return message


class LeadForm(forms.ModelForm):
    class Meta:
        model = Lead
        fields = ("first_name", "last_name", "company_name", "email", "phone", "mobile", "interest", "notes")


def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what the mail says, to be looked over. POST: the lead, given by the rules, with the mail on it."""
    message = _waiting(request, pk)
    if not request.user.rights.may("create", "lead"):
        raise PermissionDenied(_("Your role does not make leads."))
    form = LeadForm(request.POST if request.method == "POST" else None, initial=proposed(message))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = make_lead(message, request.user, **form.cleaned_data)
        seen = Lead.objects.visible_to(request.user).filter(pk=made.pk).exists()
        url = registry.by_key("lead").url(made.pk) if seen else "/mail/parked/"
        return redirect(request, url, _("A lead was made of the mail: %(lead)s.") % {"lead": made})
    context = {"form": form, "url": request.path, "known": known_of(message, request.user)}
    return in_dialog(request, "inbox/filing/_lead.html", _("Make a lead"), context, status=422 if form.errors else 200)


def place(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: choose the record. POST: the mail stands on it; with `remember` the address becomes the contact's or company's."""
    message = _waiting(request, pk)
    record = _chosen(request)
    if request.method == "POST" and record is not None:
        with transaction.atomic():
            file_on(message, record)
            if request.POST.get("remember") and not record.email and request.user.rights.covers(record, "edit"):
                record.email = message.sender
                record.save()
        return redirect(request, "/mail/parked/", _("Filed on %(record)s.") % {"record": record})
    wrong = _("Choose one.") if request.method == "POST" else ""
    context = {"message": message, "url": request.path, "known": known_of(message, request.user), "wrong": wrong}
    return in_dialog(request, "inbox/filing/_place.html", _("File on a record"), context, status=422 if wrong else 200)


def _chosen(request: HttpRequest) -> Any | None:
    """`on=company:12` of a button, or what a picker holds. What one may not see is not found."""
    key, _colon, pk = request.POST.get("on", "").partition(":")
    if not pk:
        key, pk = next(((one, request.POST[one]) for one in PLACES if request.POST.get(one)), ("", ""))
    if key not in PLACES or not pk.isdecimal() or len(pk) > 18:
        return None
    return find(registry.by_key(key), int(pk), request.user)


@require_POST
def ignore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put aside; `rule` = sender or domain: the next from there is not even taken."""
    message = _waiting(request, pk)
    with transaction.atomic():
        Message.objects.filter(pk=pk).update(state=State.IGNORED)
        type(message.thread).objects.filter(pk=message.thread_id).update(
            is_parked=False, waiting_since=None, is_unread=False
        )
        rule = request.POST.get("rule", "")
        domain = message.sender.rpartition("@")[2]
        if rule in ("sender", "domain") and message.sender and not (rule == "domain" and domain in PROVIDERS):
            sender = message.sender if rule == "sender" else f"@{domain}"
            Rule.objects.get_or_create(sender=sender, does="ignore", user=None, defaults={"made_by": request.user})
    return redirect(request, "/mail/parked/", _("Put aside."))


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """What was put aside waits again; `person`: what comes from there was written by people, whatever its headers say."""
    message = _waiting(request, pk)
    with transaction.atomic():
        Message.objects.filter(pk=pk).update(state=State.PARKED)
        type(message.thread).objects.filter(pk=message.thread_id).update(is_parked=True)
        if request.POST.get("person") and message.sender:
            Rule.objects.filter(sender=message.sender, does="ignore").delete()
            Rule.objects.get_or_create(
                sender=message.sender, does="person", user=None, defaults={"made_by": request.user}
            )
    return redirect(request, f"/mail/parked/?at={pk}", _("It waits again."))
