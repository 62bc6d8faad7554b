"""Under /setup/documents/."""

from django.urls import path

from fedele.knowledge.documents.sorting import categories

urlpatterns = [path("", categories, name="document_categories")]
