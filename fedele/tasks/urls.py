from django.urls import path

from fedele.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.progress_list, name="list"),
    path("pill/", views.pill, name="pill"),
    path("<int:pk>/", views.progress_page, name="progress"),
    path("<int:pk>/now/", views.progress_now, name="now"),
    path("<int:pk>/pause/", views.pause, name="pause"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/tell/", views.tell_me, name="tell"),
]
