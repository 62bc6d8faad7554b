"""Pages, fragments, toasts, and what the environment refuses."""

import json

import pytest
from django.http import HttpResponse
from jinja2 import UndefinedError

from fedele.ui import redirect, render, toast
from fedele.ui.jinja import attributes
from fedele.ui.pages import block_of, jinja


@pytest.fixture
def request_(rf, django_user_model, db):
    request = rf.get("/styleguide/")
    request.user = django_user_model.objects.create_user("giulia@example.com", "x", first_name="Giulia")
    request.csp_nonce = "nonce-for-this-answer"
    request._messages = []
    return request


def test_a_block_rendered_alone_is_the_same_as_in_its_page_and_has_its_imports():
    template = jinja().from_string(
        '{% extends "plain.html" %}{% from "components/badges.html" import badge %}'
        "{% block main %}{{ badge(word) }}{% endblock %}"
    )
    assert block_of(template, "main", {"word": "<New>"}) == '<span class="badge">&lt;New&gt;</span>'


def test_a_page_wears_the_shell_and_a_fragment_does_not(request_):
    whole = render(request_, "ui/styleguide.html", {"rows": [], "now": None, "long_ago": None}, fragment="title")
    assert whole.content.decode() in ("Style guide", "Guida di stile")
    assert "HX-Request" in whole["Vary"]


def test_a_misspelt_name_is_an_error():
    with pytest.raises(UndefinedError):
        jinja().from_string("{{ compnay }}").render()


def test_attributes_are_escaped_and_empty_ones_left_out():
    assert attributes({"hx_get": '/x/?a="b"', "disabled": True, "title": None, "class_": "big"}) == (
        ' hx-get="/x/?a=&#34;b&#34;" disabled class="big"'
    )


def test_a_toast_keeps_what_was_to_be_told_already():
    response = toast(HttpResponse(headers={"HX-Trigger": '{"close-dialog": {}}'}), "Saved", "/undo/1/")
    assert json.loads(response["HX-Trigger"]) == {
        "close-dialog": {},
        "toast": {"message": "Saved", "undo": "/undo/1/", "level": "ok"},
    }


def test_a_redirect_suits_who_asked(rf):
    assert redirect(rf.post("/"), "/companies/").status_code == 302
    assert redirect(rf.post("/", headers={"HX-Request": "true"}), "/companies/")["HX-Redirect"] == "/companies/"


def test_the_style_guide_shows_every_component(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("sara@example.com", "x", is_superuser=True))
    answer = client.get("/styleguide/")
    assert answer.status_code == 200
    assert b"<board-lanes" in answer.content
    assert b' style="' not in answer.content
    assert b" onclick=" not in answer.content


@pytest.mark.django_db
def test_the_style_guide_opens_in_both_languages_and_without_sign_in(client):
    assert 'lang="it"' in client.get("/styleguide/", headers={"Accept-Language": "it-IT,it;q=0.9"}).content.decode()
    assert 'lang="en"' in client.get("/styleguide/", headers={"Accept-Language": "de,en-GB;q=0.8"}).content.decode()
