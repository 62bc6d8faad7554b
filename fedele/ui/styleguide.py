"""Every component in all its states, on one page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.ui import render

PEOPLE = [
    ("Aldo Bianchi", "Carpenteria Bianchi", "BS", "info", _("to work"), "GB", "12800", 0),
    ("Chiara Monti", "Monti Packaging", "BG", "bad", _("hot"), "LM", "38450.5", 0),
    ("Davide Serra", "Serra Stampi", "MI", "", _("suspect"), "GB", "6400", 1),
    ("Francesca Leone", "Leone Alimentare", "CR", "ok", _("converted"), "AF", "11200", 1),
    ("Olga Pace", "Pace Cosmetici", "VA", "warn", _("possible duplicate"), "–", "0", 8),
    ("Silvio Greco", "Greco Plast", "NO", "", _("cold"), "GB", "22500", 40),
]


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    open_to_all = settings.DEBUG or settings.DEMO or settings.TESTING
    if not open_to_all and not (request.user.is_authenticated and request.user.is_administrator):
        raise Http404
    now = timezone.now()
    rows = [
        {
            "id": n,
            "name": one[0],
            "company": one[1],
            "province": one[2],
            "level": one[3],
            "state": one[4],
            "owner": one[5],
            "amount": Decimal(one[6]),
            "at": now - dt.timedelta(days=one[7]),
        }
        for n, one in enumerate(PEOPLE, start=1)
    ]
    return render(request, "ui/styleguide.html", {"rows": rows, "now": now, "long_ago": now - dt.timedelta(days=400)})
