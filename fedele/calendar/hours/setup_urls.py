"""Under /setup/hours/."""

from django.urls import path

from fedele.calendar.hours import setup

urlpatterns = [
    path("", setup.edit, name="setup_hours"),
    path("closed/", setup.close, name="setup_closing"),
    path("closed/<int:pk>/remove/", setup.open_again, name="setup_closing_remove"),
]
