"""Which facts this company wants to know of every customer: chosen in setup, offered where they are still missing."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fedele.access.administration import administrators_only
from fedele.access.screens import screen
from fedele.journal.models import Entry
from fedele.people.profiles.forms import ChecklistForm
from fedele.people.profiles.kinds import FactKind
from fedele.people.profiles.models import Asked
from fedele.ui import redirect

USUAL = (FactKind.NEED, FactKind.POTENTIAL, FactKind.CHANNEL)
#: Seconds another process may go on asking for the old ones.
SECONDS = 5


def asked() -> list[str]:
    """In the order of the kinds. Kept for a moment: it changes once in a while and every customer's page needs it."""
    return caches["process"].get_or_set("profile-asked", _read, SECONDS)  # type: ignore[return-value]


def _read() -> list[str]:
    chosen = set(Asked.objects.values_list("kind", flat=True)) or set(USUAL)
    return [kind for kind in FactKind.values if kind in chosen]


@administrators_only
def checklist(request: HttpRequest) -> HttpResponse:
    form = ChecklistForm(request.POST if request.method == "POST" else None, initial={"kinds": asked()})
    if form.is_bound and form.is_valid():
        _keep(form.cleaned_data["kinds"], request.user)
        return redirect(request, reverse("profile_checklist"), _("Saved"))
    return screen(request, "people/profiles/checklist.html", {"form": form}, status=422 if form.errors else 200)


def _keep(kinds: list[str], user: Any) -> None:
    before = asked()
    with transaction.atomic():
        Asked.objects.all().delete()
        Asked.objects.bulk_create(Asked(kind=kind) for kind in kinds)
        Entry.objects.create(
            kind="checklist.edited", record_type="checklist", record_id=1, actor=user, door="screen",
            title=str(_("Profile checklist")), data={"before": before, "after": kinds},
        )  # fmt: skip
    caches["process"].delete("profile-asked")
