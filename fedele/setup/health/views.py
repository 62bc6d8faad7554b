from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.access.administration import administrators_only
from fedele.access.mailing import deliver
from fedele.access.screens import screen
from fedele.setup.health.checks import findings
from fedele.ui import redirect


@administrators_only
def health(request: HttpRequest) -> HttpResponse:
    return screen(request, "setup/health.html", {"findings": findings()})


@administrators_only
@require_POST
def try_mail(request: HttpRequest) -> HttpResponse:
    address = request.user.email  # type: ignore[union-attr]
    deliver.enqueue(address, _("Test mail from Fedele"), _("If you can read this, Fedele can send mail."))
    return redirect(request, reverse("setup_health"), _("A test mail is on its way to %(email)s") % {"email": address})
