"""Addresses of incoming calls."""

from __future__ import annotations

from django.urls import path

from fedele.inbox.calls import door, views
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("api/calls/incoming", door.incoming, name="incoming_call"),
    path("calls/ringing/", views.ringing, name="ringing"),
    path("calls/<id:pk>/take/", views.take, name="take_call"),
    path("calls/<id:pk>/dismiss/", views.dismiss, name="dismiss_call"),
    path("profile/phone/", views.own_numbers, name="own_phone"),
]
