"""Screens of this department that the generic doors cannot give."""

from __future__ import annotations

from django.urls import path

from fedele.billing.disputes import files
from fedele.billing.open_items.views import ageing, complete

urlpatterns = [
    path("open-items/ageing/", ageing, name="ageing"),
    path("open-items/complete/", complete, name="complete_export"),
    path("disputes/<id:pk>/files/add/", files.add, name="add_dispute_file"),
    path("disputes/<id:pk>/files/<id:file_id>/", files.download, name="dispute_file"),
    path("disputes/<id:pk>/files/<id:file_id>/remove/", files.remove, name="remove_dispute_file"),
]
