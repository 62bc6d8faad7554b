from __future__ import annotations

from django.urls import path

from fedele.records.exchange import exporting, undoing, wizard

urlpatterns = [
    path("import/", wizard.upload, name="import"),
    path("import/<int:pk>/columns/", wizard.columns, name="import_columns"),
    path("import/<int:pk>/check/", wizard.checking, name="import_check"),
    path("import/<int:pk>/result/", wizard.result, name="import_result"),
    path("import/<int:pk>/problems/", wizard.problem_file, name="import_problems"),
    path("import/<int:pk>/undo/", undoing.undo, name="import_undo"),
    path("import/<int:pk>/discard/", wizard.discard, name="import_discard"),
    path("<slug:slug>/export/", exporting.export, name="export"),
]
