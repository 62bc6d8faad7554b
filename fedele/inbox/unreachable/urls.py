from __future__ import annotations

from django.urls import path

from fedele.inbox.unreachable import views

urlpatterns = [
    path("mail/unreachable/<slug:key>/<id:pk>/works/", views.works_again, name="mail_works_again"),
]
