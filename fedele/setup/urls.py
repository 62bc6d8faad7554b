"""Addresses under /setup/, with those of the pages departments add."""

from __future__ import annotations

from django.urls import include, path

from fedele.access.administration import pages
from fedele.setup import overview
from fedele.setup.audit import views as audit
from fedele.setup.company import views as company
from fedele.setup.fields import views as fields
from fedele.setup.health import views as health
from fedele.setup.numbering import views as numbering
from fedele.setup.roles import views as roles
from fedele.setup.teams import views as teams
from fedele.setup.users import views as users

urlpatterns = [
    path("", overview.overview, name="setup"),
    path("users/", users.users, name="setup_users"),
    path("users/new/", users.new, name="setup_user_new"),
    path("users/<int:pk>/", users.user, name="setup_user"),
    path("users/<int:pk>/deactivate/", users.deactivate, name="setup_user_deactivate"),
    path("users/<int:pk>/activate/", users.activate, name="setup_user_activate"),
    path("users/<int:pk>/send-link/", users.send_link, name="setup_user_send_link"),
    path("users/<int:pk>/show-link/", users.show_link, name="setup_user_show_link"),
    path("users/<int:pk>/clear-factors/", users.clear_factors, name="setup_user_clear_factors"),
    path("users/<int:pk>/sign-out/", users.sign_out, name="setup_user_sign_out"),
    path("teams/", teams.teams, name="setup_teams"),
    path("teams/new/", teams.new, name="setup_team_new"),
    path("teams/<int:pk>/", teams.team, name="setup_team"),
    path("teams/<int:pk>/delete/", teams.delete, name="setup_team_delete"),
    path("roles/", roles.roles, name="setup_roles"),
    path("roles/new/", roles.new, name="setup_role_new"),
    path("roles/<int:pk>/", roles.role, name="setup_role"),
    path("roles/<int:pk>/reset/", roles.reset, name="setup_role_reset"),
    path("roles/<int:pk>/delete/", roles.delete, name="setup_role_delete"),
    path("company/", company.company, name="setup_company"),
    path("numbering/", numbering.numbering, name="setup_numbering"),
    path("numbering/<slug:key>/", numbering.edit, name="setup_numbering_edit"),
    path("fields/", fields.fields, name="setup_fields"),
    path("fields/new/<slug:record_type>/", fields.new, name="setup_field_new"),
    path("fields/<int:pk>/", fields.field, name="setup_field"),
    path("fields/<int:pk>/delete/", fields.delete, name="setup_field_delete"),
    path("fields/<int:pk>/move/", fields.move, name="setup_field_move"),
    path("audit/", audit.audit, name="setup_audit"),
    path("health/", health.health, name="setup_health"),
    path("health/mail/", health.try_mail, name="setup_health_mail"),
    *(path(f"{page.key}/", include(page.urls)) for page in pages() if page.urls),
]
