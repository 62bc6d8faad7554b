"""Under /setup/telephony/."""

from __future__ import annotations

from django.urls import path

from fedele.inbox.calls.views import setup

urlpatterns = [path("", setup, name="setup_telephony")]
