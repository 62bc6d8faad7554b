"""Conversations at their addresses: who writes, who reads, and what those who may not see a record never learn."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from fedele.access.keys import ApiKey
from fedele.inbox.conversations.models import Part, Remark
from fedele.inbox.conversations.reading import lines_of, unread_count
from fedele.inbox.conversations.saying import say
from fedele.notices.following import follows
from fedele.people.companies.models import Company
from fedele.people.leads.models import Lead

HTMX = {"HX-Request": "true"}


def url(record: Any, part: str = "") -> str:
    return f"/conversations/company/{record.pk}/{part}"


def test_a_message_is_sent_from_the_page_and_the_page_told(rinaldi: Any, as_: Any, cast: Any) -> None:
    answer = as_("luca").post(url(rinaldi, "say/"), {"text": "  Call them back  "}, headers=HTMX)
    assert (answer.status_code, '"fedele:told"' in answer.headers["HX-Trigger"]) == (204, True)
    assert Remark.objects.get().text == "Call them back"
    assert unread_count(cast.giulia) == 1


def test_what_is_wrong_is_said_at_the_field_and_the_text_left_alone(rinaldi: Any, as_: Any) -> None:
    answer = as_("luca").post(url(rinaldi, "say/"), {"text": "Ask @Eva"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "find .wrong")
    assert answer.content.decode().strip() == (
        "Eva Neri may not see this record and would not get the message: leave the @ out."
    )
    plain = as_("luca").post(url(rinaldi, "say/"), {"text": "Ask @Eva"})
    assert (plain.status_code, ">Ask @Eva</textarea>" in plain.content.decode()) == (422, True)


def test_opening_a_conversation_is_reading_it(rinaldi: Any, as_: Any, cast: Any) -> None:
    say(rinaldi, cast.luca, "Look here")
    giulia = as_("giulia")
    listed = giulia.get("/conversations/").content.decode()
    assert ("unread-line" in listed, "Look here" in listed) == (True, True)
    assert '<p class="said">Look here</p>' in giulia.get(url(rinaldi)).content.decode()
    assert unread_count(cast.giulia) == 0
    giulia.post(url(rinaldi, "mark/"), {"unread": "1"})
    assert unread_count(cast.giulia) == 1


def test_only_what_came_after_is_fetched(rinaldi: Any, as_: Any, cast: Any) -> None:
    first, last = say(rinaldi, cast.luca, "one"), say(rinaldi, cast.luca, "two")
    html = as_("giulia").get(url(rinaldi, f"lines/?after={first.pk}"), headers=HTMX).content.decode()
    assert (f'id="remark-{last.pk}"' in html, f'id="remark-{first.pk}"' in html) == (True, False)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("rinaldi", {"Officine Rinaldi"}),
        ("rinladi", {"Officine Rinaldi"}),
        ("back", {"Officine Rinaldi"}),
        ("armi", {"Armi Valtrompia"}),
        ("segreta", set()),
    ],
)
def test_a_conversation_is_found_by_the_customer_and_by_what_was_said(
    rinaldi: Any, as_: Any, cast: Any, asked: str, found: set[str]
) -> None:
    secret = Lead.objects.create(first_name="Ada", last_name="Segreta", owner=cast.luca, team=cast.luca.team)
    say(rinaldi, cast.giulia, "Call them back")
    say(Company.objects.create(name="Armi Valtrompia", owner=cast.giulia), cast.giulia, "Nothing")
    say(secret, cast.luca, "Nothing")
    # Somebody who may no longer see what they once wrote about.
    Part.objects.filter(user=cast.luca, record_type="lead").update(user=cast.eva)
    assert {line.title for line in lines_of(cast.giulia, "", asked)[0]} == found
    assert "No conversation like this." in as_("eva").get("/conversations/", {"q": asked}).content.decode()


def test_names_are_offered_of_those_who_may_see_the_record(rinaldi: Any, as_: Any, cast: Any) -> None:
    names = lambda q: as_("luca").get(url(rinaldi, f"people/?q={q}"), headers=HTMX).content.decode()  # noqa: E731
    assert ("Giulia Bassi" in names("gi"), "Giulia Bassi" in names("Giulia Ba"), "Eva" in names("e")) == (
        True,
        True,
        False,
    )
    assert 'data-name="Vendite Nord"' in names("nord")
    assert "Luca Moretti" not in names("lu")


def test_the_button_follows_and_stops(rinaldi: Any, as_: Any, cast: Any) -> None:
    luca = as_("luca")
    assert "Luca Moretti" in luca.post(url(rinaldi, "follow/"), headers=HTMX).content.decode()
    assert follows(rinaldi, cast.luca)
    luca.post(url(rinaldi, "follow/"), headers=HTMX)
    assert not follows(rinaldi, cast.luca)


def test_a_picture_is_shown_small_and_a_file_handed_out(rinaldi: Any, as_: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made = io.BytesIO()
    Image.new("RGB", (900, 600), "red").save(made, "PNG")
    files = [SimpleUploadedFile("press.png", made.getvalue()), SimpleUploadedFile("list.csv", b"a;b\n1;2\n")]
    luca = as_("luca")
    assert luca.post(url(rinaldi, "say/"), {"text": "see", "files": files}, headers=HTMX).status_code == 204
    picture, table = Remark.objects.get().files.all()
    small = luca.get(f"/conversations/files/{picture.pk}/small/")
    assert (small.headers["Content-Type"], Image.open(io.BytesIO(small.content)).size) == ("image/jpeg", (320, 213))
    assert luca.get(f"/conversations/files/{table.pk}/small/").status_code == 404
    whole = luca.get(f"/conversations/files/{table.pk}/")
    assert (b"".join(whole.streaming_content), "attachment" in whole.headers["Content-Disposition"]) == (
        b"a;b\n1;2\n",
        True,
    )
    assert as_("eva").get(f"/conversations/files/{picture.pk}/small/").status_code == 404


@pytest.mark.parametrize(("name", "content"), [("x.svg", b"<svg/>"), ("x.png", b"<html>"), ("x.exe", b"MZ..")])
def test_a_hostile_file_is_refused_and_nothing_sent(rinaldi: Any, as_: Any, name: str, content: bytes) -> None:
    sent = {"text": "see", "files": [SimpleUploadedFile(name, content)]}
    assert as_("luca").post(url(rinaldi, "say/"), sent, headers=HTMX).status_code == 422
    assert Remark.objects.count() == 0


@pytest.mark.parametrize("part", ["", "new/", "lines/", "people/?q=g"])
def test_who_may_not_see_the_record_finds_no_conversation(rinaldi: Any, as_: Any, cast: Any, part: str) -> None:
    say(rinaldi, cast.luca, "secret")
    assert as_("eva").get(url(rinaldi, part)).status_code == 404
    assert as_("eva").get(url(rinaldi, part).replace(f"/{rinaldi.pk}/", "/987654/")).status_code == 404


def test_only_its_author_changes_a_message(rinaldi: Any, as_: Any, cast: Any) -> None:
    message = say(rinaldi, cast.luca, "one")
    for part in ("edit", "remove"):
        assert as_("giulia").post(f"/conversations/messages/{message.pk}/{part}/", {"text": "x"}).status_code == 404
    as_("luca").post(f"/conversations/messages/{message.pk}/edit/", {"text": "two"})
    message.refresh_from_db()
    assert (message.text, message.edited_at is not None) == ("two", True)
    as_("luca").post(f"/conversations/messages/{message.pk}/remove/")
    assert "Luca Moretti took this message away." in as_("giulia").get(url(rinaldi)).content.decode()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\u202egnp.exe"]
)
def test_hostile_text_stays_text(rinaldi: Any, as_: Any, cast: Any, text: str) -> None:
    say(rinaldi, cast.luca, text)
    for address in ("/conversations/", url(rinaldi), rinaldi_page(rinaldi)):
        html = as_("giulia").get(address).content.decode()
        assert ("<script>alert" in html, "<img src=x" in html, ">49<" in html) == (False, False, False)


def rinaldi_page(record: Any) -> str:
    return f"/companies/{record.pk}/"


def test_the_open_page_hears_of_what_was_said(rinaldi: Any, as_: Any, cast: Any) -> None:
    asked = {"since": timezone.now().isoformat(), "here": f"company:{rinaldi.pk}"}
    message = say(rinaldi, cast.luca, "now")
    assert as_("giulia").get("/live/", asked).json()["news"]["talk"] == {"unread": 1, "fresh": 1, "here": message.pk}
    assert as_("eva").get("/live/", asked).json()["news"]["talk"] == {"unread": 0, "fresh": 0}


@pytest.fixture
def api(cast: Any, client: Any) -> Any:
    def call(who: str, method: str, path: str, **data: Any) -> Any:
        secret = ApiKey.make(getattr(cast, who), "test")[1]
        headers = {"Authorization": f"Bearer {secret}"}
        if method == "get":
            return client.get(f"/api/v1/conversations{path}", data, headers=headers)
        ask = getattr(client, method)
        return ask(f"/api/v1/conversations{path}", data, content_type="application/json", headers=headers)

    return call


def test_a_program_reads_and_writes_with_the_same_rights(rinaldi: Any, cast: Any, api: Any) -> None:
    of = {"record_type": "company", "record_id": rinaldi.pk}
    made = api("luca", "post", "", **of, text="@giulia from a program")
    assert (made.status_code, made.json()["named"]) == (201, ["giulia"])
    assert [one["text"] for one in api("giulia", "get", "/messages", **of).json()["items"]] == [
        "@giulia from a program"
    ]
    assert api("giulia", "get", "").json()["items"][0]["mentioned"] is True
    assert api("giulia", "post", "/read", **of, to=made.json()["id"]).status_code == 204
    assert unread_count(cast.giulia) == 0
    one = f"/messages/{made.json()['id']}"
    assert [api("giulia", "patch", one, text="x").status_code, api("giulia", "delete", one).status_code] == [403, 403]
    assert api("luca", "patch", one, text="better").json()["text"] == "better"
    assert api("luca", "delete", one).status_code == 204


def test_a_program_of_somebody_who_may_not_see_it_gets_nothing(rinaldi: Any, cast: Any, api: Any) -> None:
    of = {"record_type": "company", "record_id": rinaldi.pk}
    message = say(rinaldi, cast.luca, "secret")
    assert api("eva", "get", "/messages", **of).status_code == 404
    assert api("eva", "post", "", **of, text="x").status_code == 404
    assert api("eva", "patch", f"/messages/{message.pk}", text="x").status_code == 404
    assert api("luca", "post", "", **of, text="Ask @Eva").json()["fields"].keys() == {"text"}
