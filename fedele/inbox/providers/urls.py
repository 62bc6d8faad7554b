from __future__ import annotations

from django.urls import path

from fedele.inbox.providers import connecting, views

urlpatterns = [
    path("setup/mailboxes/providers/", views.providers, name="mail_providers"),
    path("setup/mailboxes/providers/<id:pk>/", views.provider, name="mail_provider"),
    path("setup/mailboxes/providers/<id:pk>/delete/", views.delete, name="mail_provider_delete"),
    path("setup/mailboxes/providers/<slug:kind>/", views.provider, name="mail_provider_new"),
    path("mailboxes/connected/", connecting.connected, name="mailbox_connected"),
    path("mailboxes/<id:pk>/connect/", connecting.connect, name="mailbox_connect"),
    path("mailboxes/<id:pk>/disconnect/", connecting.disconnect, name="mailbox_disconnect"),
]
