"""Screens of this department that the generic doors cannot give."""

from __future__ import annotations

from django.urls import include, path

from fedele.people.contacts.views import add_role, end_role
from fedele.people.dossiers import many
from fedele.people.dossiers import views as dossiers
from fedele.people.leads.views import convert
from fedele.people.lifecycle.views import phase
from fedele.people.phone.views import phone
from fedele.people.profiles.views import add_line
from fedele.records import converters  # noqa: F401 (<id:…>)

urlpatterns = [
    path("leads/<id:pk>/convert/", convert, name="convert_lead"),
    path("contacts/<id:pk>/roles/new/", add_role, name="add_role"),
    path("contacts/<id:pk>/roles/<id:role_id>/end/", end_role, name="end_role"),
    path("<type:record_type>/<id:pk>/phase/", phase, name="phase"),
    path("<type:record_type>/<id:pk>/phone/", phone, name="for_phone"),
    path("dossiers/<id:pk>/", many.fetch, name="dossier_bundle"),
    path("<slug:slug>/dossiers/", many.ask, name="dossiers"),
    path("<type:record_type>/<id:pk>/dossier/", dossiers.ask, name="dossier"),
    path("<type:record_type>/<id:pk>/dossier.pdf", dossiers.pdf, name="dossier_pdf"),
    path("<type:record_type>/<id:pk>/profile/", add_line, name="add_profile_line"),
    path("", include("fedele.people.assignment.urls")),
    path("", include("fedele.people.handovers.urls")),
    path("", include("fedele.people.consents.urls")),
    path("", include("fedele.people.duplicates.queue.urls")),
    path("", include("fedele.people.privacy.urls")),
]
