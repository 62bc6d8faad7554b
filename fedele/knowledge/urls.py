"""Screens of this department that the generic doors cannot give."""

from __future__ import annotations

from django.urls import path

from fedele.knowledge.documents import choosing, leaving, looking, showing, uploading
from fedele.knowledge.sharing import pages as sharing
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("share/", sharing.share, name="share"),
    path("share/keep/", sharing.keep, name="share_keep"),
    path("share/discard/", sharing.discard, name="share_discard"),
    path("documents/upload/", uploading.upload, name="document_upload"),
    path("documents/on/<slug:key>/<id:pk>/", showing.all_on, name="documents_on"),
    path("documents/on/<slug:key>/<id:pk>/archive/", leaving.archive, name="documents_archive"),
    path("documents/<id:pk>/versions/<int:number>/", leaving.download, name="document_version"),
    path("documents/<id:pk>/versions/<int:number>/look/", looking.look, name="document_look"),
    path("documents/<id:pk>/versions/<int:number>/pages/<int:page>/", looking.picture, name="document_picture"),
    path("documents/<id:pk>/versions/<int:number>/choose/", choosing.choose, name="document_choose"),
]
