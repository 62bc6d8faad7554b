"""«Privacy»: how the house stands with consents, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from fedele.access.audit import audit, edited
from fedele.base.verbs import Refused
from fedele.people.consents.contacting import freshest
from fedele.people.consents.forms import PurposeForm, TextForm
from fedele.people.consents.informing import to_tell
from fedele.people.consents.models import ConsentText, Purpose, RegisterCheck
from fedele.people.consents.people import keepers
from fedele.people.consents.showforms import form_page
from fedele.people.consents.words import Channel, Stand
from fedele.records.registry import registry
from fedele.ui import redirect, render

#: Counted as far as this; more is "over".
COUNTED = 10_000


@dataclass(frozen=True)
class Figure:
    label: str
    count: int
    url: str
    level: str = ""

    @property
    def over(self) -> bool:
        return self.count > COUNTED


@dataclass(frozen=True)
class Door:
    """A page of another concept that belongs here: requests of persons, retention, the register of processing."""

    label: Any
    note: Any
    url: str
    icon: str
    may: Callable[[Any], bool]


_doors: list[Door] = []


def add_door(label: Any, note: Any, url: str, icon: str, may: Callable[[Any], bool]) -> None:
    _doors.append(Door(label, note, url, icon, may))


def permitted(request: HttpRequest, right: str = "view") -> None:
    """PermissionDenied for who may not see, or with "edit" not keep, the company's consents."""
    if not request.user.rights.may(right, "consent"):
        raise PermissionDenied(_("Your role does not include consents."))


def hub(request: HttpRequest) -> HttpResponse:
    permitted(request)
    last = RegisterCheck.objects.exclude(answered_at=None).order_by("-answered_at").first()
    context = {
        "groups": [(registry.by_key(model.record_type), _figures(model, request.user)) for model in keepers()],
        "purposes": list(Purpose.objects.all()),
        "channels": list(Channel),
        "texts": list(ConsentText.objects.all()[:100]),
        "last_check": last,
        "is_fresh": last is not None and last.answered_at is not None and last.answered_at >= freshest(),
        "doors": [one for one in _doors if one.may(request.user)],
        "may_edit": request.user.rights.may("edit", "consent"),
        "counted": COUNTED,
    }
    return render(request, "people/consents/hub.html", context)


def _figures(model: Any, user: Any) -> list[Figure]:
    """Of what this user sees, each with the list behind it; counted as far as COUNTED."""
    record_type = registry.by_key(model.record_type)
    if not user.rights.may("view", record_type.key):
        return []
    seen, url = model.objects.visible_to(user), f"{record_type.url()}?view=&edited=1"
    figures = [
        Figure(_("Agreed to e-mails"), _many(seen.filter(email_marketing=Stand.YES)), f"{url}&f=email_marketing.in:yes", "ok"),
        Figure(
            _("With e-mail, never asked"), _many(seen.filter(email_marketing="").exclude(email="")),
            f"{url}&f=email_marketing.empty&f=email.filled",
        ),
        Figure(_("Refuse e-mails"), _many(seen.filter(email_marketing=Stand.NO)), f"{url}&f=email_marketing.in:no"),
        Figure(_("Not to be called"), _many(seen.filter(phone_marketing=Stand.NO)), f"{url}&f=phone_marketing.in:no"),
    ]  # fmt: skip
    if model.record_type == "lead":
        late = _many(to_tell(seen))
        figures.append(Figure(_("Still to be told where the data comes from"), late, due_url(), "warn" if late else ""))
    return figures


def due_url() -> str:
    return "/leads/?view=&edited=1&f=source.in:list&f=informed_on.empty&sort=created_at"


def _many(records: Any) -> int:
    return int(records.order_by().values("pk")[: COUNTED + 1].count())


# --- what they rest on ----------------------------------------------------------------------------------------------


def _told(one: Purpose) -> dict[str, Any]:
    return {"name": str(one), "bases": dict(one.bases), "soft_spam": one.soft_spam, "is_active": one.is_active}


def purpose(request: HttpRequest, key: str) -> HttpResponse:
    permitted(request, "edit")
    one = get_object_or_404(Purpose, key=key)
    before = _told(one)
    form = PurposeForm(request.POST if request.method == "POST" else None, instance=one)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            edited("purpose.edited", one, before, _told(form.save()))
        return redirect(request, "/privacy/", _("Saved"))
    return form_page(request, form, title=before["name"], action=f"/privacy/purposes/{key}/")


def new_text(request: HttpRequest) -> HttpResponse:
    """?of= the text whose next version is written."""
    permitted(request, "edit")
    of = request.GET.get("of", "")
    before = ConsentText.objects.filter(pk=int(of)).first() if of.isdigit() and len(of) < 18 else None
    initial = (
        {"key": before.key, "language": before.language, "title": before.title, "body": before.body} if before else {}
    )
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        made = ConsentText.write_next(**form.cleaned_data)
        audit("consenttext.added", made)
        return redirect(request, "/privacy/", _("Text saved."))
    return form_page(request, form, title=_("New text"), action="/privacy/texts/new/")


def text(request: HttpRequest, pk: int) -> HttpResponse:
    """To be corrected as long as nobody agreed to it; from then on to be read."""
    permitted(request)
    one = ConsentText.objects.filter(pk=pk).first()
    if one is None:
        raise Http404
    may_edit = request.user.rights.may("edit", "consent")
    if one.used_at or not may_edit:
        return render(request, "people/consents/text.html", {"text": one, "may_edit": may_edit})
    before = {"title": one.title, "body": one.body}
    form = TextForm(request.POST if request.method == "POST" else None, instance=one)
    for name in ("key", "language"):
        form.fields[name].disabled = True
    if form.is_bound and form.is_valid():
        try:
            form.save()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            edited("consenttext.edited", one, before, {"title": one.title, "body": one.body})
            return redirect(request, "/privacy/", _("Saved"))
    return form_page(request, form, title=str(one), action=f"/privacy/texts/{pk}/")
