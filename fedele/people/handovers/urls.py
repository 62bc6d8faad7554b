"""Under /handovers/."""

from django.urls import path

from fedele.people.handovers import views

urlpatterns = [
    path("handovers/", views.handovers, name="handovers"),
    path("handovers/new/", views.new, name="handover_new"),
    path("handovers/<int:pk>/", views.handover, name="handover"),
    path("handovers/<int:pk>/go/", views.go, name="handover_go"),
    path("handovers/<int:pk>/cancel/", views.cancel, name="handover_cancel"),
    path("handovers/<int:pk>/change/", views.change, name="handover_change"),
    path("handovers/<int:pk>/take/", views.take_over, name="handover_take"),
    path("handovers/<int:pk>/print/", views.printed, name="handover_print"),
]
