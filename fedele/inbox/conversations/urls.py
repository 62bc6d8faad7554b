"""Under /conversations/."""

from __future__ import annotations

from django.urls import path

from fedele.inbox.conversations import views, writing
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("", views.inbox, name="conversations"),
    path("messages/<id:pk>/edit/", writing.edit, name="edit_remark"),
    path("messages/<id:pk>/remove/", writing.remove, name="remove_remark"),
    path("files/<id:pk>/", writing.download, name="remark_file"),
    path("files/<id:pk>/small/", writing.picture, name="remark_picture"),
    path("<slug:key>/<id:pk>/", views.conversation, name="conversation"),
    path("<slug:key>/<id:pk>/new/", writing.compose, name="compose_remark"),
    path("<slug:key>/<id:pk>/say/", writing.send, name="say"),
    path("<slug:key>/<id:pk>/lines/", writing.newer, name="remarks"),
    path("<slug:key>/<id:pk>/people/", writing.people, name="people_to_name"),
    path("<slug:key>/<id:pk>/mark/", views.marked, name="mark_conversation"),
    path("<slug:key>/<id:pk>/follow/", views.watch, name="follow"),
]
