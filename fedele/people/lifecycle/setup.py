"""The page of setup where a company says when a customer is loyal, at risk or lost, and what is to be done then."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.access.administration import administrators_only
from fedele.access.screens import errors_of, screen
from fedele.base.verbs import Refused
from fedele.journal.acting import acting
from fedele.journal.models import Batch, Entry
from fedele.journal.writing import open_batch
from fedele.people.lifecycle.forms import GuideForm, RulesForm
from fedele.people.lifecycle.models import LifeCycle, LifeCycleRules
from fedele.people.lifecycle.nightly import settle_by_new_rules
from fedele.people.lifecycle.phases import Phase
from fedele.people.lifecycle.rules import Rules, guide, rules
from fedele.people.lifecycle.trying import trial_of
from fedele.records.undo import Outcome, goes_back
from fedele.ui import redirect, render

#: So many customers are worked out while one waits.
AT_ONCE = 1_000


@administrators_only
def edit(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, texts = RulesForm(data, now=rules()), GuideForm(data)
    # Both are asked, so that all errors are seen at once.
    if data is not None and all([form.is_valid(), texts.is_valid()]):
        batch = keep(form.rules(), texts.cleaned_data)
        return redirect(request, reverse("lifecycle_rules"), _("Saved"), f"/undo/batch/{batch.pk}/")
    errors = errors_of(form, texts)
    context = {"form": form, "texts": texts, "errors": errors, "trial": trial_of(rules())}
    return screen(request, "people/lifecycle/rules.html", context, status=422 if errors else 200)


@administrators_only
@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    """What would come of the rules as they stand in the form; nothing is written."""
    form = RulesForm(request.POST, now=rules())
    found = trial_of(form.rules()) if form.is_valid() else None
    return render(request, "people/lifecycle/_trial.html", {"trial": found})


def keep(chosen: Rules, texts: dict[str, str]) -> Batch:
    """Stores rules and texts and works everybody out by them; undone as one."""
    before = _now()
    after = {"values": chosen.as_json(), "guide": texts}
    with transaction.atomic():
        batch = open_batch(
            "lifecycle", title=str(_("Rules of the life cycle")), data={"before": before, "after": after}
        )
        _store(after)
    return batch


def _now() -> dict[str, Any]:
    return {"values": rules().as_json(), "guide": {phase: "\n".join(guide(phase)) for phase in Phase.values}}


def _store(wanted: dict[str, Any]) -> None:
    before, kept = _now(), LifeCycleRules.get()
    kept.values, kept.guide = wanted["values"], wanted["guide"]
    kept.save()
    Entry.objects.create(
        kind="lifecycle.edited", record_type="lifecycle", record_id=1, actor=acting().user, door=acting().door,
        title=str(_("Rules of the life cycle")), data={"before": before, "after": wanted},
    )  # fmt: skip
    if before["values"] == wanted["values"]:
        return
    if LifeCycle.objects.count() > AT_ONCE:
        settle_by_new_rules.enqueue()
    else:
        settle_by_new_rules.func()


def _undo(batch: Batch, user: Any) -> Outcome:
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.undone_at is not None:
            raise Refused(_("This was already undone."))
        if _now() != batch.data["after"]:
            raise Refused(_("The rules were changed again since."))
        _store(batch.data["before"])
        Batch.objects.filter(pk=batch.pk).update(undone_at=Entry.objects.latest("pk").at)
    return Outcome(undone=1)


goes_back("lifecycle", _undo, lambda _batch, _user: {"removed": 0, "undone": 1, "kept": 0})
