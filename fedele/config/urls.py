"""All addresses of the product. The record types come last: /companies/, /leads/, … are made from their declarations."""

from django.urls import include, path

from fedele.records.api.endpoints import api

handler400 = "fedele.ui.errors.bad_request"
handler403 = "fedele.ui.errors.forbidden"
handler404 = "fedele.ui.errors.not_found"
handler500 = "fedele.ui.errors.server_error"

urlpatterns = [
    path("accounts/", include("fedele.access.urls")),
    path("profile/", include("fedele.access.own_urls")),
    path("", include("fedele.ui.urls")),
    path("notices/", include("fedele.notices.urls")),
    path("progress/", include("fedele.tasks.urls")),
    path("setup/", include("fedele.setup.urls")),
    path("api/v1/", api.urls),
    path("", include("fedele.people.urls")),
    path("", include("fedele.billing.urls")),
    path("", include("fedele.calendar.urls")),
    path("", include("fedele.knowledge.urls")),
    path("", include("fedele.inbox.urls")),
    path("", include("fedele.records.urls")),
]
