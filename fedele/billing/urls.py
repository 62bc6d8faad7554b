"""Screens of this department that the generic doors cannot give."""

from __future__ import annotations

from django.urls import path

from fedele.billing.open_items.views import ageing, complete

urlpatterns = [
    path("open-items/ageing/", ageing, name="ageing"),
    path("open-items/complete/", complete, name="complete_export"),
]
