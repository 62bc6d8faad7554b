"""From a mailbox's page to its provider, and back with a permission or with the reason why there is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fedele.inbox.fetching.connecting import tried
from fedele.inbox.mailboxes.connecting import unlock
from fedele.inbox.mailboxes.models import Mailbox, Standing
from fedele.inbox.providers import granting
from fedele.inbox.providers.asking import answered, ask, came_back_to
from fedele.inbox.providers.models import Grant, Provider
from fedele.inbox.providers.revoking import revoke
from fedele.inbox.providers.tokens import NotSignedIn, exchange
from fedele.ui import redirect, render


@require_POST
def connect(request: HttpRequest, pk: int) -> HttpResponse:
    box = get_object_or_404(Mailbox.objects.configurable_by(request.user), pk=pk)
    return leave(request, box)


def leave(request: HttpRequest, box: Mailbox) -> HttpResponse:
    """A page that leads on at once. A form may lead nowhere else (the page's policy), and providers lead on themselves."""
    asked = request.POST.get("provider", "")
    provider = get_object_or_404(Provider, pk=asked if asked.isdecimal() and len(asked) < 10 else 0)
    context = {"address": ask(request, box, provider), "provider": provider, "box": box, "back": page_of(box)}
    return render(request, "inbox/providers/leaving.html", context)


@require_GET
def connected(request: HttpRequest) -> HttpResponse:
    """Where providers send a browser back to. Only what this session asked for is believed."""
    asked = answered(request)
    if asked is None:
        words = _("This sign-in was not begun here, or too long ago. Begin again on the mailbox’s page.")
        return redirect(request, _home(request), words, level="bad")
    box = get_object_or_404(Mailbox.objects.configurable_by(request.user), pk=asked.mailbox)
    provider = get_object_or_404(Provider, pk=asked.provider)
    if "error" in request.GET:
        return _refused(request, box, provider)
    try:
        tokens = exchange(provider, request.GET.get("code", ""), asked.verifier, came_back_to())
        if not tokens.refresh:
            raise NotSignedIn(Standing.FAILING, _("%(name)s gave no permission that lasts.") % {"name": provider})
    except NotSignedIn as error:
        return redirect(request, page_of(box), _("Not connected: %(why)s") % {"why": error}, level="bad")
    granting.connect(box, provider, tokens, by=request.user)
    well = _("Connected with %(name)s. The connection works.") % {"name": provider}
    said, level = tried(box, well, _("Connected, but: %(why)s"))
    return redirect(request, page_of(box), said, level=level)


@require_POST
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    box = get_object_or_404(Mailbox.objects.configurable_by(request.user), pk=pk)
    said, level = _taken_back(granting.disconnect(box, by=request.user))
    return redirect(request, page_of(box), said, level=level)


def _taken_back(grant: Grant | None) -> tuple[str, str]:
    """It is forgotten here whatever the provider answers; what the provider keeps is told."""
    well = _("Disconnected and paused. Enter a password, or connect it again.")
    if grant is None or grant.is_over or not (refresh := unlock(grant.refresh_locked)):
        return well, "ok"
    told = {"name": grant.provider}
    if not grant.provider.takes_back_at:
        return _("Disconnected and paused. At %(name)s the permission stands until you remove it there.") % told, "info"
    if why := revoke(grant.provider, refresh):
        words = _("Disconnected and paused, but %(name)s could not be told (%(why)s): remove the permission there.")
        return words % {**told, "why": why}, "warn"
    return well, "ok"


def page_of(box: Mailbox) -> str:
    return reverse("own_mailbox") if box.is_personal else reverse("setup_mailbox", args=[box.pk])


def _refused(request: HttpRequest, box: Mailbox, provider: Provider) -> HttpResponse:
    code = request.GET["error"][:60]
    if code == "access_denied":
        words = _("Not connected: you did not allow it at %(name)s.")
    else:
        words = _("Not connected: %(name)s says “%(said)s”.")
    return redirect(request, page_of(box), words % {"name": provider, "said": code}, level="bad")


def _home(request: HttpRequest) -> str:
    user = request.user
    if user.is_administrator:  # type: ignore[union-attr]
        return reverse("setup_mailboxes")
    return reverse("own_mailbox") if user.rights.may("create", "message") else "/"  # type: ignore[union-attr]
