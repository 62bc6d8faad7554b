"""Screens of this department that the generic doors cannot give."""

from __future__ import annotations

from django.urls import include, path

from fedele.calendar.activities.composing import plan
from fedele.calendar.activities.logging import log, seen
from fedele.calendar.planner.moving import move
from fedele.calendar.planner.pages import calendar, events
from fedele.calendar.planner.planning import new
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/events/", events, name="calendar_events"),
    path("calendar/new/", new, name="calendar_new"),
    path("calendar/move/<id:pk>/", move, name="calendar_move"),
    path("", include("fedele.calendar.calls.urls")),
    path("activities/log/<slug:key>/<id:pk>/", log, name="log_activity"),
    path("activities/plan/<slug:key>/<id:pk>/", plan, name="plan_activity"),
    path("activities/<id:pk>/seen/", seen, name="activity_seen"),
]
