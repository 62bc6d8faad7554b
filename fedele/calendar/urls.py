"""Screens of this department that the generic doors cannot give."""

from __future__ import annotations

from django.urls import path

from fedele.calendar.activities.composing import plan
from fedele.calendar.activities.logging import log, seen
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("activities/log/<slug:key>/<id:pk>/", log, name="log_activity"),
    path("activities/plan/<slug:key>/<id:pk>/", plan, name="plan_activity"),
    path("activities/<id:pk>/seen/", seen, name="activity_seen"),
]
