"""A browser says that it may show notices; its owner sees which ones may, tries it, and takes it back."""

from __future__ import annotations

import binascii
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from py_vapid.utils import b64urldecode

from fedele.access.browsers import browser_of
from fedele.base.outside import NotOutside, checked
from fedele.notices.push.devices import Device
from fedele.notices.push.keys import PushKey, current_key
from fedele.notices.telling import tell
from fedele.ui import redirect

#: More than anybody has; the oldest goes.
MOST = 20


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """POST endpoint, p256dh, auth, key: a subscription as the browser has it. The same again renews its session."""
    given = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    key = PushKey.objects.filter(public=request.POST.get("key", "")).first()
    if not _is_subscription(**given) or key is None:
        return HttpResponseBadRequest()
    known = Device.objects.filter(endpoint=given["endpoint"]).first()
    Device.objects.update_or_create(
        endpoint=given["endpoint"],
        defaults={
            "user": request.user,
            "p256dh": given["p256dh"],
            "auth": given["auth"],
            "key": key,
            "session_key": request.session.session_key or "",
            "name": browser_of(request.headers.get("User-Agent", ""))[:120],
        },
    )
    _forget_oldest(request.user)
    # The browser asks for a new subscription when ours is signed with another key.
    return HttpResponse(current_key().public, status=200 if known else 201, content_type="text/plain")


def _is_subscription(endpoint: str, p256dh: str, auth: str) -> bool:
    try:
        checked(endpoint)
        return (
            len(endpoint) <= 1000
            and len(b64urldecode(p256dh.encode())) == 65
            and len(b64urldecode(auth.encode())) == 16
        )
    except (NotOutside, ValueError, binascii.Error):
        return False


def _forget_oldest(user: Any) -> None:
    old = Device.objects.filter(user=user).order_by("-made_at").values_list("pk", flat=True)[MOST:]
    Device.objects.filter(pk__in=list(old)).delete()


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Device, pk=pk, user=request.user).delete()
    return redirect(request, reverse("notices:preferences"), _("Nothing more is sent to this device"))


@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    """Sends one's devices a notice that says only that it works."""
    tell(request.user, "notice.trial", title=_("It works"), url=reverse("notices:preferences"))
    return redirect(request, reverse("notices:preferences"), _("A trial is on its way to your devices"))
