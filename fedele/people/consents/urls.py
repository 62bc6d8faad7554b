"""Screens of consents: of one person, of the company's privacy, and those the person opens."""

from __future__ import annotations

from django.urls import path

from fedele.people.consents import hub, public, views
from fedele.people.consents.register import views as register

ONE = "<type:record_type>/<id:pk>/consents/"

urlpatterns = [
    path(ONE, views.history, name="consents"),
    path(f"{ONE}new/", views.answer, name="consent_new"),
    path(f"{ONE}link/", views.link, name="consent_link"),
    path(f"{ONE}revoke/", views.revoke_link, name="consent_revoke"),
    path(f"{ONE}before/<slug:channel>/", views.before, name="consent_before"),
    path(f"{ONE}<id:consent_id>/proof/", views.proof, name="consent_proof"),
    path("privacy/", hub.hub, name="privacy"),
    path("privacy/purposes/<slug:key>/", hub.purpose, name="privacy_purpose"),
    path("privacy/texts/new/", hub.new_text, name="privacy_text_new"),
    path("privacy/texts/<id:pk>/", hub.text, name="privacy_text"),
    path("privacy/register/", register.checks, name="privacy_register"),
    path("privacy/register/new/", register.new, name="privacy_register_new"),
    path("privacy/register/rule/", register.rule, name="privacy_register_rule"),
    path("privacy/register/<id:pk>/", register.check, name="privacy_check"),
    path("privacy/register/<id:pk>/file/", register.file, name="privacy_check_file"),
    path("privacy/register/<id:pk>/numbers/", register.numbers, name="privacy_check_numbers"),
    path("p/text/<id:pk>/", public.text, name="public_text"),
    path("p/<str:token>/", public.preferences, name="public_preferences"),
    path("p/<str:token>/unsubscribe/", public.unsubscribe, name="public_unsubscribe"),
    path("p/<str:token>/confirm/", public.confirmation, name="public_confirm"),
]
