from __future__ import annotations

from django.urls import path

from fedele.inbox.sending import views
from fedele.inbox.sending.mine import mine

urlpatterns = [
    path("mail/write/", views.write, name="mail_write"),
    path("mail/write/fill/", views.fill, name="mail_fill"),
    path("mail/sent/<id:pk>/stop/", views.stop, name="mail_stop"),
    path("mail/sent/<id:pk>/again/", views.again, name="mail_again"),
    path("mail/sent/<id:pk>/arrived/", views.arrived, name="mail_arrived"),
    path("profile/letters/", mine, name="own_letters"),
]
