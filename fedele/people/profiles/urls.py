"""Under /setup/profile/."""

from django.urls import path

from fedele.people.profiles import checklist

urlpatterns = [path("", checklist.checklist, name="profile_checklist")]
