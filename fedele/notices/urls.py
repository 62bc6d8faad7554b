from django.urls import path

from fedele.notices import choosing, putting_off, stopping, views
from fedele.notices.push import pages

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("bell/", views.bell, name="bell"),
    path("preferences/", choosing.preferences, name="preferences"),
    path("kinds/<str:key>/", choosing.kind, name="kind"),
    path("stop/<str:token>/", stopping.stop, name="stop"),
    path("devices/", pages.add, name="add_device"),
    path("devices/trial/", pages.trial, name="trial"),
    path("devices/<int:pk>/remove/", pages.remove, name="remove_device"),
    path("mutes/<int:pk>/remove/", putting_off.unmute, name="unmute"),
    path("read/", views.read_all, name="read_all"),
    path("unread/", views.unread_again, name="unread_again"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("<int:pk>/mark/", views.mark, name="mark"),
    path("<int:pk>/snooze/", putting_off.snooze, name="snooze"),
    path("<int:pk>/wake/", putting_off.wake, name="wake"),
    path("<int:pk>/mute/", putting_off.mute, name="mute"),
]
