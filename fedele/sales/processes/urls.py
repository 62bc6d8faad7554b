"""Under /setup/processes/."""

from django.urls import path

from fedele.sales.processes import views

urlpatterns = [
    path("", views.processes, name="processes"),
    path("new/", views.new, name="process_new"),
    path("<int:pk>/", views.process, name="process"),
    path("<int:pk>/delete/", views.delete, name="process_delete"),
]
