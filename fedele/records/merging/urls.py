from __future__ import annotations

from django.urls import path

from fedele.records import converters  # noqa: F401 (<type:…> and <id:…>)
from fedele.records.merging import apart_page, pages

urlpatterns = [
    path("<type:record_type>/merge/", pages.side_by_side, name="merge"),
    path("<type:record_type>/merge/<id:pk>/apart/", apart_page.take_apart, name="take_apart"),
    path("<type:record_type>/<id:pk>/merge/", pages.choose_other, name="merge_with"),
]
