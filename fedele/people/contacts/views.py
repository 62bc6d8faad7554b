"""Giving a person a role in one more company, and ending one."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.people.contacts.forms import RoleForm
from fedele.records.page.answering import in_dialog
from fedele.records.page.finding import find
from fedele.records.registry import registry
from fedele.ui import redirect


def add_role(request: HttpRequest, pk: int) -> HttpResponse:
    record_type = registry.by_key("contact")
    contact = find(record_type, pk, request.user, "edit")
    form = RoleForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        contact.work_at(**form.cleaned_data)
        return redirect(request, record_type.url(pk), _("Role added."))
    context = {"record": contact, "form": form, "action": record_type.url(pk, "roles", "new")}
    return in_dialog(
        request, "people/contacts/_role_form.html", _("Add a role"), context, status=422 if form.is_bound else 200
    )


@require_POST
def end_role(request: HttpRequest, pk: int, role_id: int) -> HttpResponse:
    record_type = registry.by_key("contact")
    contact = find(record_type, pk, request.user, "edit")
    with transaction.atomic():
        role = (
            contact.positions.select_for_update(of=("self",))
            .select_related("company")
            .filter(pk=role_id, until=None)
            .first()
        )
        if role is None:
            raise Http404
        contact.leave(role)
    return redirect(request, record_type.url(pk), _("Role ended today."))
