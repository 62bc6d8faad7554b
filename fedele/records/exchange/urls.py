from __future__ import annotations

from django.urls import path

from fedele.records.exchange import (
    checking,
    choosing,
    correcting,
    deciding,
    exporting,
    mending,
    outcome,
    receiving,
    running,
    sampling,
    undoing,
)

urlpatterns = [
    path("import/", receiving.upload, name="import"),
    path("import/sample/<slug:slug>/", sampling.sample, name="import_sample"),
    path("import/<int:pk>/columns/", choosing.columns, name="import_columns"),
    path("import/<int:pk>/discard/", choosing.discard, name="import_discard"),
    path("import/<int:pk>/check/", checking.checking, name="import_check"),
    path("import/<int:pk>/cell/<int:line>/<int:at>/", correcting.cell, name="import_cell"),
    path("import/<int:pk>/fix-all/", correcting.everywhere, name="import_fix_all"),
    path("import/<int:pk>/leave-out/", correcting.leave_out, name="import_leave_out"),
    path("import/<int:pk>/duplicates/", deciding.duplicates, name="import_duplicates"),
    path("import/<int:pk>/duplicates/all/", deciding.all_alike, name="import_duplicates_all"),
    path("import/<int:pk>/run/", running.run, name="import_run"),
    path("import/<int:pk>/result/", outcome.result, name="import_result"),
    path("import/<int:pk>/go-on/", outcome.take_up, name="import_go_on"),
    path("import/<int:pk>/problems/", outcome.problem_file, name="import_problems"),
    path("import/<int:pk>/mend/", mending.mend, name="import_mend"),
    path("import/<int:pk>/mend/<int:line>/<int:at>/", mending.cell, name="import_mend_cell"),
    path("import/<int:pk>/mend/<int:line>/decide/", mending.decide, name="import_mend_decide"),
    path("import/<int:pk>/undo/", undoing.undo, name="import_undo"),
    path("<slug:slug>/export/", exporting.export, name="export"),
]
