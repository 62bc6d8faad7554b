"""Under /profile/: what is one's own, apart from sign-in."""

from django.urls import path

from fedele.access import own_keys
from fedele.access.profile import profile

urlpatterns = [
    path("", profile, name="profile"),
    path("keys/", own_keys.keys, name="own_keys"),
    path("keys/<int:pk>/revoke/", own_keys.revoke, name="own_key_revoke"),
]
