from __future__ import annotations

from django.urls import path

from fedele.people.privacy.views import delete_rule, erase_by_rule, processing, rule, rules, seen
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("", rules, name="setup_privacy"),
    path("new/", rule, name="setup_retention_new"),
    path("<id:pk>/", rule, name="setup_retention"),
    path("<id:pk>/delete/", delete_rule, name="setup_retention_delete"),
    path("<id:pk>/erase/", erase_by_rule, name="setup_retention_erase"),
    path("register/", processing, name="setup_processing"),
    path("seen/", seen, name="setup_seen"),
]
