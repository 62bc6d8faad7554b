from django.urls import path

from fedele.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("bell/", views.bell, name="bell"),
    path("preferences/", views.preferences, name="preferences"),
    path("read/", views.read_all, name="read_all"),
    path("unread/", views.unread_again, name="unread_again"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("<int:pk>/mark/", views.mark, name="mark"),
]
