from __future__ import annotations

from django.urls import path

from fedele.records import converters  # noqa: F401 (<type:…> and <id:…>)
from fedele.records.page import alike, cell, editing, picking, place, quick, record, story, undoing, verbs

urlpatterns = [
    path("undo/<id:pk>/", undoing.undo_one, name="undo"),
    path("undo/batch/<id:pk>/", undoing.undo_many, name="undo_batch"),
    path("pick/<slug:key>/", picking.pick, name="pick"),
    path("<type:record_type>/new/", editing.new, name="new"),
    path("<type:record_type>/quick/", quick.quick, name="quick"),
    path("<type:record_type>/alike/", alike.alike, name="alike"),
    path("<type:record_type>/<id:pk>/", record.page, name="record"),
    path("<type:record_type>/<id:pk>/edit/", editing.edit, name="edit"),
    path("<type:record_type>/<id:pk>/peek/", record.peek, name="peek"),
    path("<type:record_type>/<id:pk>/place/", place.place, name="place"),
    path("<type:record_type>/<id:pk>/timeline/", story.timeline, name="timeline"),
    path("<type:record_type>/<id:pk>/timeline/<id:entry_id>/pin/", story.pin_entry, name="pin"),
    path("<type:record_type>/<id:pk>/panel/", story.panels, name="panels"),
    path("<type:record_type>/<id:pk>/panel/<slug:name>/", story.panel, name="panel"),
    path("<type:record_type>/<id:pk>/note/", record.note, name="note"),
    path("<type:record_type>/<id:pk>/history/<str:name>/", record.history, name="history"),
    path("<type:record_type>/<id:pk>/cell/<str:name>/", cell.cell, name="cell"),
    path("<type:record_type>/<id:pk>/do/<slug:name>/", verbs.do, name="do"),
    path("<type:record_type>/<id:pk>/restore/", record.restore, name="restore"),
    path("<type:record_type>/<id:pk>/erase/", record.erase, name="erase"),
]
