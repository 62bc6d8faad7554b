"""First step of the import wizard: the file, and what it holds. Below it the files brought in before."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from django.conf import settings
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from fedele.base.arriving import brings_more_than
from fedele.records.declare import RecordType
from fedele.records.exchange.choosing import columns_page, same_files
from fedele.records.exchange.guessing import propose
from fedele.records.exchange.models import Import
from fedele.records.exchange.provenance import origin_context, take_origin, type_of, vendor_of
from fedele.records.exchange.repeating import repeat
from fedele.records.reading import UnreadableFile, open_table
from fedele.records.registry import registry
from fedele.ui import redirect, render

SHOWN_IN_HISTORY = 50


def importable(user: Any) -> list[RecordType]:
    return [record_type for record_type in registry if user.rights.may("create", record_type.key)]


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    """A file that is too big is refused by the size its sender declares, before a byte of it is read.

    Checking for a forged form reads the whole request, so that comes after: see `_upload`.
    """
    if not importable(request.user):
        raise Http404
    if brings_more_than(request, settings.IMPORT_MAX_BYTES):
        megabytes = settings.IMPORT_MAX_BYTES >> 20
        problem = _("The file is bigger than %(limit)s MB: split it.") % {"limit": megabytes}
        return _page(request, "", problem, 413)
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    again = _again(request)
    chosen = again.record_type if again else request.POST.get("as") or request.GET.get("as") or ""
    if request.method != "POST":
        return _page(request, chosen, "", 200, again=again)
    try:
        source, form = _receive(request, chosen, again)
    except UnreadableFile as unreadable:
        return _page(request, chosen, unreadable.message, 422, again=again)
    if form is not None:
        return columns_page(request, source, origin_form=form)
    is_known = again is not None and set(again.mapping) <= set(source.mapping) and not same_files(source).exists()
    return redirect(request, f"/import/{source.pk}/check/" if is_known else source.url)


def _again(request: HttpRequest) -> Import | None:
    """The earlier import that is to be repeated with a new file."""
    said = request.POST.get("again") or request.GET.get("again") or ""
    if not said:
        return None
    earlier = (
        Import.visible_to(request.user).filter(pk=int(said)).first() if said.isdigit() and len(said) < 19 else None
    )
    if earlier is None or earlier.record_type not in {one.key for one in importable(request.user)}:
        raise Http404
    return earlier


def _page(request: HttpRequest, chosen: str, problem: str, status: int, again: Import | None = None) -> HttpResponse:
    types = importable(request.user)
    history = Import.visible_to(request.user).select_related("user", "progress").order_by("-created_at")
    origins = {one.key: origin for one in types if (origin := type_of(one))}
    first = next(iter(origins.values()), None)
    context = {
        "types_offered": [(one.key, capfirst(str(one.plural)), one.key in origins) for one in types],
        "chosen": chosen or types[0].key, "again": again,
        "pasted": "" if status == 413 else request.POST.get("pasted", "")[:100_000], "problem": problem,
        "history": history[:SHOWN_IN_HISTORY], "types": {one.key: one for one in registry},
        "most_bytes": settings.IMPORT_MAX_BYTES, "most_megabytes": settings.IMPORT_MAX_BYTES >> 20,
        **origin_context(first, request.user, "" if status == 413 else request.POST.get("provenance", "")),
    }  # fmt: skip
    return render(request, "records/import_file.html", context, status=status)


def _receive(request: HttpRequest, chosen: str, again: Import | None) -> tuple[Import, Any]:
    """Stores the file when it can be read, and proposes where its columns go. (import, form of its origin if it has problems)"""
    if chosen not in {one.key for one in importable(request.user)}:
        raise Http404
    pasted = request.POST.get("pasted", "")
    file: Any = request.FILES.get("file")
    if file is None and pasted.strip():
        file = File(io.BytesIO(pasted.encode()), name=f"{_('pasted rows')}.txt")
    if file is None:
        raise UnreadableFile(_("Choose a file, or paste rows copied from a spreadsheet."))
    user: Any = request.user
    source = Import(user=user, record_type=chosen, name=str(file.name)[-200:], rules=usual_rules(user))
    table = open_table(file, source.name)
    record_type = registry.by_key(chosen)
    form = take_origin(source, request.POST)
    if again is not None:
        repeat(source, again, table.headers)
    if not source.mapping:
        sample = [row.cells for row in table.sample(50)]
        source.mapping = propose(record_type, table.headers, sample, user, vendor_of(source))
    source.digest = _digest(file)
    file.seek(0)
    source.file.save(source.name, File(file), save=False)
    source.save()
    return source, form


def _digest(file: Any) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def usual_rules(user: Any) -> dict[str, Any]:
    return {
        "match": "update",
        "duplicates": "create",
        "create_related": True,
        "owner_id": user.pk,
        "team_id": user.team_id,
    }
