"""The service worker at /sw.js: one file of ours, told which release it belongs to and what to fetch beforehand."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

SOURCE = Path(__file__).parent.parent / "static" / "js" / "worker" / "sw.js"
#: What the page without a network is made of.
FRAME = (
    "dist/fedele.css", "dist/fedele.js", "vendor/icons.svg", "vendor/inter.woff2", "js/core/page.js", "js/pages/kept-pages.js",
)  # fmt: skip


@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    from fedele.ui.webapp.keeping import release

    told = {
        "release": release(),
        "offline": reverse("offline"),
        "frame": [static(name) for name in FRAME],
        "icon": reverse("app_icon", args=["mark", 192]),
        "badge": reverse("app_icon", args=["badge", 96]),
        "session": reverse("session"),
    }
    text = f"const FEDELE = {json.dumps(told)};\n{source()}"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@functools.cache
def source() -> str:
    return SOURCE.read_text("utf-8")
