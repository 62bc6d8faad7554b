from django.contrib.auth.decorators import login_not_required
from django.urls import path

from fedele.ui import errors
from fedele.ui.drafts import drafts
from fedele.ui.live import pulse
from fedele.ui.preferences import save
from fedele.ui.session import session
from fedele.ui.styleguide import styleguide
from fedele.ui.webapp.icons import icon
from fedele.ui.webapp.manifest import manifest
from fedele.ui.webapp.worker import worker

urlpatterns = [
    path("preferences/", save, name="preferences"),
    path("drafts/", drafts, name="drafts"),
    path("session/", session, name="session"),
    path("live/", pulse, name="live"),
    path("offline/", login_not_required(errors.offline), name="offline"),
    path("sw.js", worker, name="service_worker"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("icon/<slug:shape>/<int:size>.png", icon, name="app_icon"),
    path("styleguide/", styleguide, name="styleguide"),
]
