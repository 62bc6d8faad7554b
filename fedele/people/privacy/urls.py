from __future__ import annotations

from django.urls import path

from fedele.people.privacy.views import erase_person, whole_file
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("privacy/<slug:kind>/<id:pk>/file/", whole_file, name="person_file"),
    path("privacy/<slug:kind>/<id:pk>/erase/", erase_person, name="person_erase"),
]
