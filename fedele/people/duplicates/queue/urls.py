from __future__ import annotations

from django.urls import path

from fedele.people.duplicates.queue import views

urlpatterns = [
    path("duplicates/", views.queue, name="duplicates"),
    path("duplicates/apart/", views.apart, name="duplicates_apart"),
    path("duplicates/later/", views.later, name="duplicates_later"),
    path("duplicates/merge/", views.merge, name="duplicates_merge"),
    path("duplicates/search/", views.search, name="duplicates_search"),
]
