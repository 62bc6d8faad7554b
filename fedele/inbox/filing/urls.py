from __future__ import annotations

from django.urls import path

from fedele.inbox.filing import parking

urlpatterns = [
    path("mail/parked/", parking.parked, name="mail_parked"),
    path("mail/parked/<id:pk>/lead/", parking.lead, name="mail_parked_lead"),
    path("mail/parked/<id:pk>/file/", parking.place, name="mail_parked_file"),
    path("mail/parked/<id:pk>/ignore/", parking.ignore, name="mail_parked_ignore"),
    path("mail/parked/<id:pk>/again/", parking.again, name="mail_parked_again"),
]
