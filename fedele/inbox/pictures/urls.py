from __future__ import annotations

from django.urls import path

from fedele.inbox.pictures import views

urlpatterns = [
    path("pictures/", views.bring, name="picture_bring"),
    path("pictures/<str:token>/<str:name>", views.show, name="picture"),
]
