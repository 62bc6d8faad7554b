"""The page of setup where a company names the categories of its documents and puts them in order."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.db.models import Count
from django.forms import modelformset_factory
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.access.administration import administrators_only
from fedele.access.audit import Subject, edited
from fedele.access.screens import errors_of, screen
from fedele.knowledge.documents.categories import Category
from fedele.ui import redirect

#: More would be no help in finding anything.
MOST = 60
TAKEN = {"name": {"unique": gettext_lazy("There is a category of this name already.")}}
Lines = modelformset_factory(
    Category, fields=["name"], extra=1, can_delete=True, max_num=MOST, validate_max=True, error_messages=TAKEN
)


@administrators_only
def categories(request: HttpRequest) -> HttpResponse:
    rows = Category.objects.annotate(filed=Count("documents")).order_by("position", "id")
    lines = Lines(request.POST if request.method == "POST" else None, queryset=rows)
    if lines.is_bound and lines.is_valid():
        _keep(lines, [int(key) for key in request.POST.getlist("order") if key.isdigit()])
        return redirect(request, reverse("document_categories"), _("Saved"))
    errors = errors_of(*lines.forms) + [
        ("", "", message) for message in (lines.non_form_errors() if lines.is_bound else [])
    ]
    context = {"lines": lines, "errors": errors}
    return screen(request, "knowledge/documents/categories.html", context, status=422 if errors else 200)


def _keep(lines: Any, order: list[int]) -> None:
    """Documents of a deleted category stay, without one."""
    before = _told()
    with transaction.atomic():
        lines.save()
        places = {key: at for at, key in enumerate(order)}
        for one in Category.objects.all():
            one.position = places.get(one.pk, MOST)
            one.save(update_fields=["position"])
        edited("categories.edited", Subject("categories", 1, str(_("Categories of documents"))), before, _told())
    caches["process"].delete("options:knowledge.category")


def _told() -> dict[str, Any]:
    return {"categories": ", ".join(Category.objects.values_list("name", flat=True))}
