"""Screens of one person's consents: entering an answer, the whole history, proofs, the personal link, a word before one calls."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.access.models import User
from fedele.base.verbs import Refused
from fedele.people.consents.contacting import may_contact
from fedele.people.consents.forms import AnswerForm
from fedele.people.consents.links import personal_url, revoke
from fedele.people.consents.models import Consent
from fedele.people.consents.people import KEYS
from fedele.people.consents.purposes import OWN_NAMES, purposes
from fedele.people.consents.recording import latest, record_answer
from fedele.people.consents.words import ANY, Channel, Said, Source
from fedele.records.declare import RecordType
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.ui import redirect, render

#: Lines of a history that are shown; nobody changes their mind more often.
SHOWN = 500


def found(request: HttpRequest, record_type: RecordType, pk: int, right: str = "view") -> Any:
    """The record, for who may see it and has `right` on consents. Http404, PermissionDenied."""
    if record_type.key not in KEYS:
        raise Http404
    record = find(record_type, pk, request.user)
    if not request.user.rights.may(right, "consent"):
        raise PermissionDenied(_("Your role does not include consents."))
    return record


def answer(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    """GET ?channel=phone: the dialog, filled in for the commonest case. POST: writes it down."""
    record = found(request, record_type, pk, "create")
    if request.method == "POST":
        form = AnswerForm(request.POST, request.FILES)
        if form.is_valid() and (done := _write(request, record, form)):
            return redirect(request, record_type.url(pk), done)
    else:
        asked = request.GET.get("channel", "")
        form = AnswerForm(
            initial={
                "said": Said.REFUSED, "source": Source.PHONE, "on": timezone.localdate(), "seen": latest(),
                "channels": [asked] if asked in Channel.values else [],
            }
        )  # fmt: skip
    context = {"record": record, "form": form, "action": record_type.url(pk, "consents", "new")}
    return in_dialog(
        request, "people/consents/_answer.html", _("What they said"), context, status=422 if form.errors else 200
    )


def _write(request: HttpRequest, record: Any, form: AnswerForm) -> str:
    data = form.cleaned_data
    proof = data["proof"]
    try:
        rows = record_answer(
            record, data["channels"], data["said"], purpose=data["purpose"], source=data["source"], at=data["on"],
            seen=data["seen"] or 0, text=data["text"] if data["said"] == Said.GIVEN else None, note=data["note"],
            proof=proof or "", proof_name=getattr(proof, "shown_name", ""),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return ""
    if data["said"] == Said.GIVEN and not all(row.overrides for row in rows):
        return _("Written down. A refusal that is newer still holds.")
    return _("Written down. It holds at once, everywhere.")


@require_GET
def history(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    record = found(request, record_type, pk)
    rows = (
        Consent.objects.filter(record_type=record_type.key, record_id=pk).select_related("text").order_by("-id")[:SHOWN]
    )
    rows = list(rows)
    people = {one.pk: str(one) for one in User.objects.filter(pk__in={row.entered_by_id for row in rows})}
    answers = [
        (purpose, [(capfirst(str(channel.label)), may_contact(record, channel, purpose.key)) for channel in used])
        for purpose in purposes().values()
        if (used := [channel for channel in Channel if purpose.basis(channel)])
    ]
    context = {
        "record": record, "record_type": record_type, "url": record_type.url(pk), "rows": rows, "people": people,
        "purpose_names": purpose_names(), "answers": answers, "may_write": request.user.rights.may("create", "consent"),
    }  # fmt: skip
    return render(request, "people/consents/history.html", context)


def purpose_names() -> dict[str, str]:
    names = {key: str(label) for key, label in OWN_NAMES.items()}
    return {**names, **{key: str(one) for key, one in purposes().items()}, ANY: _("everything that can be refused")}


@require_GET
def proof(request: HttpRequest, record_type: RecordType, pk: int, consent_id: int) -> FileResponse:
    """Always as a file to keep, never shown in the browser: what it holds came from outside."""
    found(request, record_type, pk)
    row = Consent.objects.filter(pk=consent_id, record_type=record_type.key, record_id=pk).exclude(proof="").first()
    if row is None or not row.proof.storage.exists(row.proof.name):
        raise Http404
    answer = FileResponse(
        row.proof.open("rb"), as_attachment=True, filename=row.proof_name, content_type="application/octet-stream"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_GET
def link(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    record = found(request, record_type, pk, "create")
    context = {"record": record, "link": personal_url(record), "action": record_type.url(pk, "consents", "revoke")}
    return in_dialog(request, "people/consents/_link.html", _("Personal link for consents"), context)


@require_POST
def revoke_link(request: HttpRequest, record_type: RecordType, pk: int) -> HttpResponse:
    record = found(request, record_type, pk, "create")
    revoke(record)
    record.journal("link_revoked")
    return redirect(request, record_type.url(pk), _("All personal links so far are dead."))


@require_GET
def before(request: HttpRequest, record_type: RecordType, pk: int, channel: str) -> HttpResponse:
    """Asked before one calls or writes to somebody who may not be contacted for everything."""
    if record_type.key not in KEYS or channel not in (Channel.PHONE, Channel.EMAIL):
        raise Http404
    record = find(record_type, pk, request.user)
    answers = [(purpose, may_contact(record, channel, purpose.key)) for purpose in purposes().values()]
    answers = [(purpose, said) for purpose, said in answers if said.code != "unused"]
    address = record.call_number if channel == Channel.PHONE else record.email
    if request.user.rights.hides(record_type.key, "phone" if channel == Channel.PHONE else "email"):
        address = ""
    context = {
        "record": record, "channel": channel, "answers": answers, "allowed": any(said.allowed for _one, said in answers),
        "href": (f"tel:{address}" if channel == Channel.PHONE else f"mailto:{address}") if address else "",
    }  # fmt: skip
    title = _("Before you call") if channel == Channel.PHONE else _("Before you write")
    return in_dialog(request, "people/consents/_before.html", title, context)
