from __future__ import annotations

from django.urls import path

from fedele.records.exchange import checking, choosing, exporting, outcome, receiving, undoing

urlpatterns = [
    path("import/", receiving.upload, name="import"),
    path("import/<int:pk>/columns/", choosing.columns, name="import_columns"),
    path("import/<int:pk>/discard/", choosing.discard, name="import_discard"),
    path("import/<int:pk>/check/", checking.checking, name="import_check"),
    path("import/<int:pk>/result/", outcome.result, name="import_result"),
    path("import/<int:pk>/go-on/", outcome.take_up, name="import_go_on"),
    path("import/<int:pk>/problems/", outcome.problem_file, name="import_problems"),
    path("import/<int:pk>/undo/", undoing.undo, name="import_undo"),
    path("<slug:slug>/export/", exporting.export, name="export"),
]
