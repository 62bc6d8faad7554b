"""Screens of this department that the generic doors cannot give."""

from __future__ import annotations

from django.urls import include, path

from fedele.calendar.activities.after_call import ask, never_again
from fedele.calendar.activities.composing import plan
from fedele.calendar.activities.logging import log, seen
from fedele.calendar.distribution.beside import beside
from fedele.calendar.distribution.pages import distribute, hand_out
from fedele.calendar.feeds.own import own_feed, revoke_feed
from fedele.calendar.feeds.reading import feed
from fedele.calendar.hours.own import as_the_company, own_hours
from fedele.calendar.invitations.pages import answer, bring_in, reply_ics, request_ics
from fedele.calendar.planner.dates import date
from fedele.calendar.planner.from_list import from_list
from fedele.calendar.planner.moving import move
from fedele.calendar.planner.pages import calendar, events
from fedele.calendar.planner.planning import new
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("calendar/", calendar, name="calendar"),
    path("activities/calendar/", from_list, name="calendar_from_list"),
    path("calendar/events/", events, name="calendar_events"),
    path("calendar/new/", new, name="calendar_new"),
    path("calendar/move/<id:pk>/", move, name="calendar_move"),
    path("calendar/series/<id:pk>/<slug:day>/", date, name="calendar_date"),
    path("", include("fedele.calendar.calls.urls")),
    path("calendar/load/", beside, name="calendar_load"),
    path("calendar/distribute/", distribute, name="calendar_distribute"),
    path("calendar/distribute/give/", hand_out, name="calendar_hand_out"),
    path("calendar/import/", bring_in, name="calendar_import"),
    path("calendar/feed/<str:secret>.ics", feed, name="calendar_feed"),
    path("profile/hours/", own_hours, name="own_hours"),
    path("profile/hours/drop/", as_the_company, name="own_hours_drop"),
    path("profile/calendar/", own_feed, name="own_feed"),
    path("profile/calendar/revoke/", revoke_feed, name="own_feed_revoke"),
    path("activities/<id:pk>/invitation/", answer, name="activity_invitation"),
    path("activities/<id:pk>/reply.ics", reply_ics, name="activity_reply"),
    path("activities/<id:pk>/invite.ics", request_ics, name="activity_invite"),
    path("activities/after-call/", ask, name="after_call"),
    path("activities/after-call/never/", never_again, name="after_call_never"),
    path("activities/log/<slug:key>/<id:pk>/", log, name="log_activity"),
    path("activities/plan/<slug:key>/<id:pk>/", plan, name="plan_activity"),
    path("activities/<id:pk>/seen/", seen, name="activity_seen"),
]
