from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fedele.access.administration import administrators_only
from fedele.access.administrators import keeping_an_administrator
from fedele.access.audit import audit, edited
from fedele.access.models import Role
from fedele.access.reach import RIGHTS
from fedele.access.roles import declared
from fedele.access.screens import errors_of, screen, show_confirm, show_form
from fedele.base.verbs import Refused
from fedele.setup.roles import matrix
from fedele.setup.roles.forms import NewRoleForm, RoleForm
from fedele.ui import redirect


@administrators_only
def roles(request: HttpRequest) -> HttpResponse:
    found = Role.objects.annotate(people=Count("users", filter=Q(users__is_active=True)))
    ordered = sorted(found, key=lambda role: (not role.is_administrator, str(role)))
    rows = [(role, matrix.rows(role), differs(role)) for role in ordered]
    return screen(request, "setup/roles.html", {"roles": rows, "rights": RIGHTS})


def differs(role: Role) -> bool:
    """Has the company changed this role since the product brought it?"""
    brought = declared.get(role.key)
    if brought is None:
        return False
    wanted = Role(rights=brought.rights, is_administrator=brought.is_administrator, key=role.key)
    return matrix.told(role) != matrix.told(wanted)


@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    form = NewRoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            role = form.save(commit=False)
            if like := form.cleaned_data["like"]:
                role.rights, role.hidden = like.rights, like.hidden
            role.save()
            audit("role.added", role, like=str(like or ""))
        return redirect(request, reverse("setup_role", args=[role.pk]), _("Role “%(name)s” added") % {"name": role})
    return show_form(request, form, title=_("New role"), submit=_("Add"), back=reverse("setup_roles"))


@administrators_only
def role(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Role, pk=pk)
    before = matrix.told(one)
    form = RoleForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            with keeping_an_administrator():
                matrix.read(one, request.POST)
                form.save()
                edited("role.edited", one, before, matrix.told(one))
        except Refused as refused:
            form.add_error("is_administrator", str(refused))
        else:
            return redirect(request, reverse("setup_role", args=[pk]), _("Saved"))
    context = {
        "form": form,
        "one": one,
        "title": before["name"],
        "errors": errors_of(form),
        "rows": matrix.rows(one),
        "rights": matrix.RIGHT_LABELS,
        "differs": differs(one),
        "people": one.users.filter(is_active=True).count(),
    }
    return screen(request, "setup/role.html", context, status=422 if form.errors else 200)


@administrators_only
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to what the product brings. The entry says from what to what."""
    one = get_object_or_404(Role, pk=pk, key__in=declared)
    before, brought = matrix.told(one), declared[one.key]
    back = reverse("setup_role", args=[pk])
    try:
        with keeping_an_administrator():
            one.rights, one.hidden, one.is_administrator = brought.rights, {}, brought.is_administrator
            one.save()
            edited("role.reset", one, before, matrix.told(one))
    except Refused as refused:
        return redirect(request, back, str(refused), level="bad")
    return redirect(request, back, _("Back to default"))


@administrators_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Role, pk=pk)
    reason = why_not(one)
    if request.method == "POST" and not reason:
        with transaction.atomic():
            audit("role.removed", one, rights=one.rights, hidden=one.hidden)
            one.delete()
        return redirect(request, reverse("setup_roles"), _("Role “%(name)s” deleted") % {"name": one})
    title = _("Delete the role “%(name)s”?") % {"name": one}
    return show_confirm(
        request, title=title, text=_("Nobody has it."), submit=_("Delete"), back=reverse("setup_roles"), error=reason
    )


def why_not(role: Role) -> str:
    if role.key:
        return _("This role comes with the product. Remove its rights instead.")
    if people := role.users.count():
        text = ngettext(
            "%(num)s user has this role. Take it away first.",
            "%(num)s users have this role. Take it away first.",
            people,
        )
        return text % {"num": people}
    return ""
