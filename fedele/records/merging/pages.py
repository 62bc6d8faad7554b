"""The screens of merging: records side by side, and which other one to merge with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.base.models import Conflict
from fedele.base.verbs import Refused
from fedele.records.merging import apart
from fedele.records.merging.choosing import Comparison, most_complete
from fedele.records.merging.counting import moving
from fedele.records.merging.joining import MOST, Unconfirmed, check_number, merge, refusal
from fedele.records.merging.leading import survivors_of
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.ui import redirect, render

#: What a choice is called in the form, before the name of its field.
TAKE = "take-"


class Cannot(Exception):
    """Why these records cannot be merged, and the status that says so."""

    def __init__(self, why: str, status: int = 422) -> None:
        super().__init__(why)
        self.why, self.status = why, status


def side_by_side(request: HttpRequest, record_type: Any) -> HttpResponse:
    """GET: the comparison. POST: merges; 409 with the choices kept when one was changed since the page was shown."""
    _allowed(request, record_type)
    data = request.POST if request.method == "POST" else request.GET
    try:
        ids = _ids(record_type, data)
        if request.method == "POST" and "go" not in data:  # chosen in a list
            return HttpResponseRedirect(f"{record_type.url()}merge/?ids={','.join(map(str, ids))}")
        records = _records(record_type, ids, request.user)
        compared = Comparison(record_type, records, _survivor(record_type, records, data), request.user, _choices(data))
        if request.method == "POST":
            return _merge(request, compared)
    except Cannot as cannot:
        context = {"record_type": record_type, "why": cannot.why}
        return render(request, "records/merge_cannot.html", context, status=cannot.status)
    return _drawn(request, compared)


def _allowed(request: HttpRequest, record_type: Any) -> None:
    if record_type.merge is None or not request.user.rights.may("view", record_type.key):
        raise Http404
    if not request.user.rights.may("edit", record_type.key) or not request.user.rights.may("delete", record_type.key):
        raise PermissionDenied(_("Your role does not include merging these."))


def _ids(record_type: Any, data: QueryDict) -> list[int]:
    """The ids asked for; those merged meanwhile stand for what remained."""
    parts = [part for part in ",".join(data.getlist("ids")).split(",") if part.strip()]
    if not all(part.strip().isdecimal() and len(part) < 19 for part in parts):
        raise Cannot(_("These are no records."), 404)
    ids = [int(part) for part in parts]
    led = survivors_of(record_type.key, ids[: MOST * 2])
    if data.get("all") == "1" or len(ids) > MOST:
        raise Cannot(_("At most %(most)s records can be merged at once.") % {"most": MOST})
    found = list(dict.fromkeys(led.get(pk, pk) for pk in ids))
    if len(found) < 2 <= len(ids) and led:
        raise Cannot(_("These records have been merged already."), 409)
    try:
        check_number(found if led else ids)
    except Refused as refused:
        raise Cannot(str(refused)) from refused
    return found


def _records(record_type: Any, ids: list[int], user: Any) -> list[Any]:
    objects = record_type.model.objects.visible_to(user).select_related(*record_type.related())
    found = objects.in_bulk(ids)
    if len(found) < len(ids):
        raise Cannot(_("One of these records is not there, lies in the trash, or is not yours to see."), 404)
    return [found[pk] for pk in ids]


def _survivor(record_type: Any, records: list[Any], data: QueryDict) -> Any:
    """The one chosen; before that the most complete of those the user may change."""
    chosen = next((record for record in records if str(record.pk) == data.get("survivor")), None)
    return chosen or most_complete(record_type, records)


def _choices(data: QueryDict) -> dict[str, str]:
    return {name.removeprefix(TAKE): data.get(name, "") for name in data if name.startswith(TAKE)}


def _merge(request: HttpRequest, compared: Comparison) -> HttpResponse:
    survivor = compared.survivor
    others = [record for record in compared.records if record.pk != survivor.pk]
    versions = {
        record.pk: int(version)
        for record in compared.records
        if (version := request.POST.get(f"version-{record.pk}", "")).isdecimal() and len(version) < 10
    }
    confirmed = request.POST.get("confirmed") == "1"
    if len(versions) < len(compared.records):
        return _drawn(request, compared, 409, _("This page is not complete. Look once more before you merge."))
    try:
        batch = merge(request.user, survivor, others, compared.choices, versions=versions, confirmed=confirmed)
    except Conflict as conflict:
        said = _("%(record)s was changed while you had this page open. Your choices are kept: look once more.")
        fresh = _records(compared.record_type, [record.pk for record in compared.records], request.user)
        again = Comparison(
            compared.record_type,
            fresh,
            next(record for record in fresh if record.pk == survivor.pk),
            request.user,
            compared.choices,
        )
        return _drawn(request, again, 409, said % {"record": conflict.theirs})
    except Unconfirmed as refused:
        return _drawn(request, compared, 422, str(refused))
    except Refused as refused:
        raise Cannot(str(refused), 409) from refused
    said = ngettext("%(n)s record merged into this one.", "%(n)s records merged into this one.", len(others))
    url = _next(request) or compared.record_type.url(survivor.pk)
    return redirect(request, url, said % {"n": len(others)}, f"/undo/batch/{batch.pk}/")


def _next(request: HttpRequest) -> str:
    """Where a queue of duplicates goes on."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, {request.get_host()}) else ""


def _drawn(request: HttpRequest, compared: Comparison, status: int = 200, said: str = "") -> HttpResponse:
    record_type, user = compared.record_type, request.user
    others = [record for record in compared.records if record.pk != compared.survivor.pk]
    context = {
        "record_type": record_type,
        "compared": compared,
        "rows": compared.rows,
        "owners": sorted({str(record.owner) for record in compared.records if record.owner_id}),
        "clashing": compared.clashing(),
        "moving": moving(record_type, compared.records, user),
        "refused": [
            refusal(record, right)
            for record, right in ((compared.survivor, "edit"), *((one, "delete") for one in others))
            if not user.rights.covers(record, right)
        ],
        "ids": ",".join(str(record.pk) for record in compared.records),
        "said": said,
        "next": _next(request),
        "days": apart.DAYS,
        "take": TAKE,
    }
    return render(request, "records/merge.html", context, status=status)


def choose_other(request: HttpRequest, record_type: Any, pk: int) -> HttpResponse:
    """The dialog that asks which record this one is to be merged with."""
    _allowed(request, record_type)
    record = find(record_type, pk, request.user)
    other = request.GET.get("other", "").strip()
    if other:
        return redirect(request, f"{record_type.url()}merge/?ids={pk},{other}")
    context = {"record_type": record_type, "record": record, "url": record_type.url(pk)}
    return in_dialog(request, "records/_merge_with.html", _("Merge with…"), context)
