"""The generic doors. Every declared record type answers at each of these addresses."""

from __future__ import annotations

from django.urls import include, path

app_name = "records"

urlpatterns = [
    path("", include("fedele.records.today.urls")),
    path("", include("fedele.records.page.urls")),
    path("", include("fedele.records.merging.urls")),
    path("", include("fedele.records.exchange.urls")),
    path("", include("fedele.records.board.urls")),
    path("", include("fedele.records.listing.urls")),
]
