"""What goes wrong is said in words, and the status stays."""

import pytest
from django.test import Client

from fedele.ui import errors


@pytest.fixture
def signed_in(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("giulia@example.com", "x", language="en"))
    return client


def test_a_page_that_is_not_there(signed_in):
    page = signed_in.get("/no-such-page-at-all/")
    card = signed_in.get("/no-such-page-at-all/", headers={"HX-Request": "true"})
    assert (page.status_code, card.status_code) == (404, 404)
    assert b"<html" in page.content
    assert b"<html" not in card.content
    assert "HX-Retarget" not in card


def test_what_a_click_failed_at_is_shown_in_the_dialog(rf, db):
    from django.contrib.auth.models import AnonymousUser

    request = rf.post("/x/", headers={"HX-Request": "true"})
    request.user = AnonymousUser()
    answer = errors.forbidden(request, "Ask Giulia.")
    assert (answer.status_code, answer["HX-Retarget"]) == (403, "#dialog-body")
    assert b"Ask Giulia." in answer.content


def test_a_form_without_token_is_told_to_reload(django_user_model, db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.create_user("giulia@example.com", "x", language="en"))
    answer = client.post("/preferences/", {"theme": "dark"})
    assert answer.status_code == 419
    assert "This page has expired" in answer.content.decode()


def test_our_own_failure_has_a_number_to_tell(rf, db, django_user_model, caplog):
    request = rf.get("/x/")
    request.user = django_user_model.objects.create_user("giulia@example.com", "x")
    request.csp_nonce, request._messages = "n", []
    answer = errors.server_error(request)
    number = answer["X-Request-Number"]
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert number in caplog.text
