"""Under /setup/lifecycle/."""

from django.urls import path

from fedele.people.lifecycle import setup

urlpatterns = [path("", setup.edit, name="lifecycle_rules"), path("trial/", setup.trial, name="lifecycle_trial")]
