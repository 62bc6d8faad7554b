from __future__ import annotations

from django.urls import path

from fedele.records import palette
from fedele.records.listing import acts, pages

urlpatterns = [
    path("palette/", palette.palette, name="palette"),
    path("<slug:slug>/", pages.listing, name="list"),
    path("<slug:slug>/count/", pages.exact_count, name="count"),
    path("<slug:slug>/filter/", pages.builder, name="filter"),
    path("<slug:slug>/columns/", pages.columns, name="columns"),
    path("<slug:slug>/views/counts/", pages.view_counts, name="view_counts"),
    path("<slug:slug>/views/save/", acts.save_view, name="save_view"),
    path("<slug:slug>/views/back/<str:token>/", acts.view_back, name="view_back"),
    path("<slug:slug>/views/<int:pk>/rename/", acts.rename_view, name="rename_view"),
    path("<slug:slug>/views/<int:pk>/update/", acts.update_view, name="update_view"),
    path("<slug:slug>/views/<int:pk>/delete/", acts.delete_view, name="delete_view"),
    path("<slug:slug>/bulk/<str:act>/", acts.bulk, name="bulk"),
]
