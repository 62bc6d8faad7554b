"""Setting mailboxes up: shared ones by who administers, one's own under Profile; both can be tried before they are relied on."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.access.administration import administrators_only
from fedele.access.audit import audit
from fedele.access.screens import errors_of, screen
from fedele.inbox.fetching.connecting import tried
from fedele.inbox.fetching.jobs import read_one
from fedele.inbox.mailboxes.forms import MailboxForm, OwnMailboxForm
from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.models import Met
from fedele.inbox.providers.connecting import leave
from fedele.inbox.providers.models import Grant, Provider
from fedele.ui import redirect, render


@administrators_only
def mailboxes(request: HttpRequest) -> HttpResponse:
    """All of them; of colleagues' own ones no more than that they are there and work."""
    rows = Mailbox.objects.select_related("owner", "team")[:200]
    return screen(request, "inbox/mailboxes/list.html", {"rows": list(rows)})


@administrators_only
def mailbox(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    box = get_object_or_404(Mailbox, pk=pk, owner=None) if pk else Mailbox()
    form = MailboxForm(request.POST if request.method == "POST" else None, instance=box)
    if request.method == "POST" and form.is_valid():
        answer = _saved(request, form, lambda one: reverse("setup_mailbox", args=[one.pk]))
        audit("mailbox.edited", form.instance)
        return answer
    return screen(request, "inbox/mailboxes/shared.html", _context(request, form), status=422 if form.errors else 200)


def own(request: HttpRequest) -> HttpResponse:
    if not request.user.rights.may("create", "message"):
        raise Http404
    user: Any = request.user
    box = Mailbox.objects.filter(owner=user).first() or Mailbox(owner=user, name=str(user), address=user.email)
    form = OwnMailboxForm(request.POST if request.method == "POST" else None, instance=box)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form, lambda _one: reverse("own_mailbox"))
    return render(request, "inbox/mailboxes/own.html", _context(request, form), status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: MailboxForm, where: Any) -> HttpResponse:
    box = form.save()
    url = where(box)
    if "provider" in request.POST:
        return leave(request, box)
    if not box.is_read:
        return redirect(request, url, _("Saved."))
    said, level = tried(box, _("Saved. The connection works."), _("Saved, but: %(why)s"))
    return redirect(request, url, said, level=level)


def _context(request: HttpRequest, form: MailboxForm) -> dict[str, Any]:
    box = form.instance
    failed = Met.objects.filter(mailbox=box, outcome="failed").order_by("-at")[:20] if box.pk else []
    return {
        "form": form, "box": box, "errors": errors_of(form), "failed": list(failed), "grant": Grant.of(box),
        "providers": list(Provider.objects.all()[:10]),
    }  # fmt: skip


@require_POST
def read_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever uses a mailbox may have it read at once."""
    box = get_object_or_404(Mailbox.objects.visible_to(request.user), pk=pk)
    read_one.enqueue(box.pk)
    return redirect(request, _back(request, box), _("“%(name)s” is being read.") % {"name": box.name})


@require_POST
def try_failed(request: HttpRequest, pk: int) -> HttpResponse:
    """What was set aside is tried again with the next reading."""
    box = get_object_or_404(Mailbox.objects.visible_to(request.user), pk=pk)
    Met.objects.filter(mailbox=box, outcome="failed").update(tries=1)
    read_one.enqueue(box.pk)
    return redirect(request, _back(request, box), _("They are tried again."))


def _back(request: HttpRequest, box: Mailbox) -> str:
    if box.owner_id:
        return reverse("own_mailbox")
    return reverse("setup_mailbox", args=[box.pk]) if request.user.is_administrator else reverse("mail")
