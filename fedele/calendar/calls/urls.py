from __future__ import annotations

from django.urls import path

from fedele.calendar.calls.views import call, run
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("today/calls/", run, name="calls"),
    path("today/calls/<id:pk>/", call, name="call"),
]
