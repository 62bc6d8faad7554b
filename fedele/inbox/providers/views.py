"""Registering Fedele at providers: under Setup, beside the mailboxes."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.access.administration import administrators_only
from fedele.access.audit import audit
from fedele.access.screens import errors_of, screen, show_confirm
from fedele.inbox.providers.asking import came_back_to
from fedele.inbox.providers.forms import ProviderForm
from fedele.inbox.providers.known import KNOWN, Kind
from fedele.inbox.providers.models import Provider
from fedele.ui import redirect


@administrators_only
def providers(request: HttpRequest) -> HttpResponse:
    rows = Provider.objects.annotate(count=Count("grants"))[:50]
    return screen(request, "inbox/providers/list.html", {"rows": list(rows), "kinds": Kind.choices})


@administrators_only
def provider(request: HttpRequest, pk: int | None = None, kind: str = "") -> HttpResponse:
    if not pk and kind not in Kind.values:
        raise Http404
    one = get_object_or_404(Provider, pk=pk) if pk else Provider(kind=kind)
    title = one.name if pk else capfirst(Kind(kind).label)
    form = ProviderForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        audit("mailprovider.edited", form.save())
        return redirect(request, reverse("mail_providers"), _("Saved. Mailboxes can now be connected with it."))
    context = {
        "form": form, "one": one, "title": title, "errors": errors_of(form), "back_to": came_back_to(),
        "known": KNOWN.get(Kind(one.kind)),
    }  # fmt: skip
    return screen(request, "inbox/providers/provider.html", context, status=422 if form.errors else 200)


@administrators_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Provider, pk=pk)
    back = reverse("mail_providers")
    error = _("Mailboxes are connected with it. Disconnect them first.") if one.grants.exists() else ""
    if request.method == "POST" and not error:
        audit("mailprovider.deleted", one)
        one.delete()
        return redirect(request, back, _("“%(name)s” deleted") % {"name": one.name})
    title = _("Delete “%(name)s”?") % {"name": one.name}
    text = _("No mailbox is connected with it. Its secret is deleted with it.")
    return show_confirm(request, title=title, text=text, submit=_("Delete"), back=back, error=error)
