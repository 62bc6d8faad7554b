"""Screens of this department that the generic doors cannot give."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("fedele.inbox.sending.urls")),
    path("", include("fedele.inbox.calls.urls")),
    path("conversations/", include("fedele.inbox.conversations.urls")),
    path("", include("fedele.inbox.filing.urls")),
    path("", include("fedele.inbox.mailboxes.urls")),
    path("", include("fedele.inbox.pictures.urls")),
    path("", include("fedele.inbox.providers.urls")),
    path("", include("fedele.inbox.saving.urls")),
    path("", include("fedele.inbox.threads.urls")),
    path("", include("fedele.inbox.unreachable.urls")),
]
