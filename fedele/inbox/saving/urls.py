from __future__ import annotations

from django.urls import path

from fedele.inbox.saving.views import save

urlpatterns = [path("mail/attachment/<id:pk>/save/", save, name="mail_save_attachment")]
