from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fedele.access.administration import administrators_only
from fedele.access.audit import audit
from fedele.access.links import password_link, was_here
from fedele.access.models import Role, User
from fedele.access.screens import errors_of, screen
from fedele.access.sessions import end_sessions
from fedele.base.verbs import Refused
from fedele.people.assignment.presence import Absence, Capacity
from fedele.setup.users import keeping
from fedele.setup.users.forms import UserForm, told
from fedele.ui import redirect

PAGE = 50


@administrators_only
def users(request: HttpRequest) -> HttpResponse:
    """?q= part of name or address, ?role= id, ?state= active|invited|off, ?page="""
    found = User.objects.select_related("team").prefetch_related("roles")
    if text := request.GET.get("q", "").replace("\x00", "").strip()[:100]:
        found = found.filter(Q(first_name__icontains=text) | Q(last_name__icontains=text) | Q(email__icontains=text))
    if (role := request.GET.get("role", "")[:18]).isdigit():
        found = found.filter(roles=int(role))
    state = request.GET.get("state", "active")
    found = _in_state(found, state)
    page = Paginator(found.order_by("first_name", "last_name", "pk"), PAGE).get_page(request.GET.get("page"))
    protected = set(Authenticator.objects.filter(user__in=page.object_list).values_list("user_id", flat=True))
    context = {
        "page": page,
        "text": text,
        "role": role,
        "state": state,
        "roles": Role.objects.all(),
        "protected": protected,
    }
    return screen(request, "setup/users.html", context)


def _in_state(found: Any, state: str) -> Any:
    invited = Q(last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if state == "off":
        return found.filter(is_active=False)
    if state == "invited":
        return found.filter(invited, is_active=True)
    return found if state == "all" else found.filter(is_active=True)


@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    form = UserForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = keeping.invite(form)
        message = _("Invitation sent to %(email)s") % {"email": user.email}
        return redirect(request, reverse("setup_user", args=[user.pk]), message)
    return _show(request, form, None)


@administrators_only
def user(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(User, pk=pk)
    before = told(one)
    form = UserForm(request.POST if request.method == "POST" else None, instance=one)
    if request.method == "POST" and form.is_valid():
        try:
            keeping.change(form, before)
        except Refused as refused:
            form.add_error("roles", str(refused))
        else:
            return redirect(request, reverse("setup_user", args=[pk]), _("Saved"))
    return _show(request, form, one)


def _show(request: HttpRequest, form: UserForm, one: User | None, link: str = "") -> HttpResponse:
    context: dict[str, Any] = {"form": form, "one": one, "errors": errors_of(form), "link": link}
    if one is not None:
        kept = User.objects.get(pk=one.pk)  # the form has already written into `one`
        context |= {
            "kept": kept,
            "was_here": was_here(kept),
            "owned": keeping.owned_by(kept),
            "absences": Absence.objects.filter(user=kept, last_day__gte=timezone.localdate()).select_related(
                "substitute"
            )[:5],
            "capacity": Capacity.objects.filter(user=kept).first(),
            "factors": Authenticator.objects.filter(user=kept).count(),
            "sessions": UserSession.objects.filter(user=kept).count(),
            "no_mail": settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"),
        }
    return screen(request, "setup/user.html", context, status=422 if form.errors else 200)


@administrators_only
@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(User, pk=pk)
    back = reverse("setup_user", args=[pk])
    try:
        keeping.deactivate(one)
    except Refused as refused:
        return redirect(request, back, str(refused), level="bad")
    undo = reverse("setup_user_activate", args=[pk])
    return redirect(request, back, _("%(name)s can no longer sign in") % {"name": one}, undo_url=undo)


@administrators_only
@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(User, pk=pk)
    keeping.activate(one)
    return redirect(request, reverse("setup_user", args=[pk]), _("%(name)s can sign in again") % {"name": one})


@administrators_only
@require_POST
def send_link(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(User, pk=pk, is_active=True)
    keeping.send_link(one)
    return redirect(request, reverse("setup_user", args=[pk]), _("Mail sent to %(email)s") % {"email": one.email})


@administrators_only
@require_POST
def show_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Where no mail server is set up, the administrator hands the invitation over."""
    one = get_object_or_404(User, pk=pk, is_active=True)
    audit("user.sent_link", one)
    return _show(request, UserForm(instance=one), one, link=password_link(one))


@administrators_only
@require_POST
def clear_factors(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(User, pk=pk)
    keeping.clear_factors(one)
    message = _("%(name)s signs in with the password alone until a new second step is set up") % {"name": one}
    return redirect(request, reverse("setup_user", args=[pk]), message)


@administrators_only
@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(User, pk=pk)
    end_sessions(one, except_key=request.session.session_key)
    audit("user.ended_sessions", one)
    return redirect(request, reverse("setup_user", args=[pk]), _("%(name)s is signed out everywhere") % {"name": one})
