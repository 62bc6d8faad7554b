"""What a browser needs to know to put Fedele on the home screen."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Files that may be shared to Fedele from other apps.
SHARED = ["image/*", "video/mp4", "video/quicktime", "application/pdf", "text/vcard", "text/x-vcard", ".vcf"]


@login_not_required
def manifest(request: HttpRequest) -> JsonResponse:
    told = {
        "id": "/",
        "name": "Fedele",
        "short_name": "Fedele",
        "description": _("Everything about your customers, and the day’s work."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f7f6f3",
        "theme_color": "#0d5c4c",
        "icons": [*_icons("mark", "any"), *_icons("mask", "maskable")],
        "shortcuts": _shortcuts(),
        "share_target": _share_target(),
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _icons(shape: str, purpose: str) -> list[dict[str, str]]:
    return [
        {
            "src": reverse("app_icon", args=[shape, size]),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
    ]


def _shortcuts() -> list[dict[str, Any]]:
    icon = {"src": reverse("app_icon", args=["mark", 96]), "sizes": "96x96", "type": "image/png"}
    told = ((_("Today"), "/"), (_("Search"), "/?palette=1"), (_("Inbox"), reverse("notices:inbox")))
    return [{"name": str(name), "url": url, "icons": [icon]} for name, url in told]


def _share_target() -> dict[str, Any]:
    return {
        "action": "/share/",
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {"title": "title", "text": "text", "url": "url", "files": [{"name": "files", "accept": SHARED}]},
    }
