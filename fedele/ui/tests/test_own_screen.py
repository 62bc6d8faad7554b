"""What a user chooses for the screen, and what they have typed and not sent."""

import json

import pytest

from fedele.ui.models import Draft


@pytest.fixture
def giulia(client, django_user_model):
    user = django_user_model.objects.create_user("giulia@example.com", "x", first_name="Giulia", language="it")
    client.force_login(user)
    return user


def test_preferences_are_kept_with_the_user(client, giulia):
    answer = client.post("/preferences/", {"theme": "dark", "rail_collapsed": "on"}, headers={"HX-Request": "true"})
    giulia.refresh_from_db()
    assert (answer.status_code, giulia.theme, giulia.rail_collapsed) == (204, "dark", True)


def test_an_unknown_choice_changes_nothing(client, giulia):
    assert client.post("/preferences/", {"theme": "dark", "density": "huge"}).status_code == 400
    giulia.refresh_from_db()
    assert giulia.theme == "auto"


def test_the_language_of_the_user_wins_and_can_be_changed(client, giulia):
    assert client.get("/styleguide/", headers={"Accept-Language": "en"})["Content-Language"] == "it"
    back = client.post("/preferences/", {"language": "en", "next": "https://elsewhere.example/"})
    assert back["Location"] == "/"
    assert client.get("/styleguide/")["Content-Language"] == "en"


@pytest.mark.django_db
def test_before_sign_in_the_cookie_remembers_the_language(client):
    client.post("/preferences/", {"language": "en"})
    assert client.get("/styleguide/", headers={"Accept-Language": "it"})["Content-Language"] == "en"


def test_a_draft_comes_back_and_is_forgotten_when_empty(client, giulia):
    client.post("/drafts/", {"key": "company:1:note", "text": json.dumps({"text": "Call on Monday"})})
    assert client.get("/drafts/?key=company:1:note").json()["text"] == {"text": "Call on Monday"}
    assert b" data-drafts" in client.get("/styleguide/").content
    client.post("/drafts/", {"key": "company:1:note", "text": json.dumps({"text": ""})})
    assert client.get("/drafts/?key=company:1:note").json()["text"] == {}
    assert b" data-drafts" not in client.get("/styleguide/").content


def test_drafts_are_ones_own(client, giulia, django_user_model):
    luca = django_user_model.objects.create_user("luca@example.com", "x")
    Draft.objects.create(user=luca, key="company:1:note", text={"text": "secret"})
    assert client.get("/drafts/?key=company:1:note").json()["text"] == {}


@pytest.mark.parametrize("text", ["not json", "[1]", '"' + "x" * 100_001 + '"'])
def test_what_is_no_draft_is_refused(client, giulia, text):
    assert client.post("/drafts/", {"key": "a", "text": text}).status_code == 400


@pytest.mark.django_db
def test_the_page_learns_whether_it_is_still_signed_in(client, django_user_model):
    assert client.get("/session/").json()["user"] is None
    user = django_user_model.objects.create_user("giulia@example.com", "x")
    client.force_login(user)
    assert client.get("/session/").json()["user"] == user.pk
