"""Where the editor brings pictures, and where texts that are still being written show them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from fedele.base.arriving import brings_more_than
from fedele.inbox.pictures.models import Picture
from fedele.knowledge.files.accepting import UnfitFile, too_big
from fedele.knowledge.files.handing import handed_out
from fedele.knowledge.files.models import NoRoom
from fedele.ui import toast


@csrf_exempt
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """What is too big is refused by the size its sender declares, before it is read; only then is the form checked."""
    if brings_more_than(request, settings.UPLOAD_MAX_BYTES):
        return _refused(too_big(), 413)
    return _bring(request)


@csrf_protect
def _bring(request: HttpRequest) -> HttpResponse:
    """Answers what the editor keeps of it: {"url", "alt", "width", "height"}; `field` is the one it stands in."""
    if not request.user.rights.may("create", "message"):
        raise PermissionDenied(_("You may read mail but not write any."))
    file = request.FILES.get("file")
    if file is None:
        return _refused(_("Choose a file first."), 422)
    try:
        made = Picture.keep(file, request.user)
    except UnfitFile as unfit:
        return _refused(unfit.message, 422)
    except NoRoom as full:
        return _refused(full.message, full.status)
    width, height = made.laid(in_signature=request.POST.get("field", "").startswith("signature"))
    return JsonResponse({"url": made.address, "alt": made.name, "width": width, "height": height}, status=201)


def _refused(words: Any, status: int) -> HttpResponse:
    return toast(HttpResponse(status=status), words, level="bad")


@require_GET
def show(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    if not request.user.rights.may("view", "message"):
        raise Http404
    picture = get_object_or_404(Picture.objects.select_related("stored"), token=token, name=name)
    response = handed_out(picture.stored, picture.name, request)
    response.headers["Content-Type"] = picture.stored.kind
    response.headers["Content-Disposition"] = "inline"
    return response
