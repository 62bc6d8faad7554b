from __future__ import annotations

from django.urls import path

from fedele.inbox.mailboxes import views

urlpatterns = [
    path("setup/mailboxes/", views.mailboxes, name="setup_mailboxes"),
    path("setup/mailboxes/new/", views.mailbox, name="setup_mailbox_new"),
    path("setup/mailboxes/<id:pk>/", views.mailbox, name="setup_mailbox"),
    path("mailboxes/<id:pk>/read/", views.read_now, name="mailbox_read"),
    path("mailboxes/<id:pk>/again/", views.try_failed, name="mailbox_again"),
    path("profile/mailbox/", views.own, name="own_mailbox"),
]
