"""From the first ring to what is left to do when nobody answered."""

from __future__ import annotations

import datetime as dt
import json
import urllib.request
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fedele.access.keys import CALLS, ApiKey
from fedele.access.models import User
from fedele.calendar.activities.models import Activity
from fedele.inbox.calls.models import Call, Extension, Ring, Telephony, check_dial_url
from fedele.inbox.calls.showing import ringing
from fedele.notices.models import Notice
from fedele.people.leads.models import Lead
from fedele.ui.dialling import dial

HTMX = {"HX-Request": "true"}


def cards(client: Any) -> str:
    return str(client.get("/calls/ringing/", headers=HTMX).content.decode())


def news(user: Any) -> list[list[int]]:
    return list(ringing(user, timezone.now())["calls"])


def test_a_call_opens_its_card_on_the_right_screen_alone(house: Any, pbx: Any, as_: Any) -> None:
    answer = pbx(number="030 354 5678")
    assert (answer.status_code, answer.json()) == (201, {"call_id": "4711", "screens": 1})
    call = Call.objects.get()
    assert (call.number, call.callers) == ("+390303545678", [["contact", house.elena.pk]])
    assert (news(house.giulia), news(house.luca)) == ([[call.pk, 0]], [])
    html = cards(as_("giulia"))
    assert ("Incoming call from 030 354 5678" in html, "<strong>Elena Rinaldi</strong>" in html) == (True, True)
    assert "Officine Rinaldi" in html
    assert cards(as_("luca")).strip() == ""


def test_the_same_call_told_twice_is_one(house: Any, pbx: Any) -> None:
    assert [pbx().status_code, pbx().status_code, pbx(to="22").status_code] == [201, 200, 200]
    assert (Call.objects.count(), Ring.objects.count()) == (1, 1)


def test_by_the_address_of_a_colleague_too(house: Any, pbx: Any) -> None:
    pbx(to=[house.luca.email.upper(), "nobody@example.com", "99"])
    assert [one.user for one in Ring.objects.all()] == [house.luca]


def test_who_may_not_see_the_caller_sees_a_number(house: Any, pbx: Any, as_: Any) -> None:
    pbx(to="29")
    html = cards(as_("eva"))
    assert ("030 354 5678" in html, "Elena" in html, "Rinaldi" in html) == (True, False, False)


def test_several_with_one_number_are_all_offered(house: Any, pbx: Any, as_: Any) -> None:
    Lead.objects.create(last_name="Zanetti", phone="+390303545678", owner=house.giulia)
    pbx()
    html = cards(as_("giulia"))
    assert ("Elena Rinaldi" in html, "Zanetti" in html) == (True, True)


def test_an_unknown_number_is_offered_as_a_new_lead(house: Any, pbx: Any, as_: Any) -> None:
    pbx(number="+393479998877")
    giulia = as_("giulia")
    assert "Nobody you may see has this number." in cards(giulia)
    answer = giulia.post(f"/calls/{Call.objects.get().pk}/take/", headers=HTMX)
    assert answer.headers["HX-Redirect"] == "/leads/new/?phone=%2B393479998877"
    assert "+393479998877" in giulia.get(answer.headers["HX-Redirect"]).content.decode().replace(" ", "")


@pytest.mark.parametrize("number", ["anonymous", "", "*#06#", "<b>"])
def test_a_withheld_number_is_nobodys(house: Any, pbx: Any, as_: Any, number: str) -> None:
    pbx(number=number)
    html = cards(as_("giulia"))
    assert (Call.objects.get().callers, "<b>" in html, "New lead" in html) == ([], False, False)


def test_of_a_group_who_opens_it_first_has_it(house: Any, pbx: Any, as_: Any) -> None:
    pbx(to="600")
    call = Call.objects.get()
    assert Ring.objects.count() == 2
    answer = as_("luca").post(f"/calls/{call.pk}/take/?to=contact:{house.elena.pk}", headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"/contacts/{house.elena.pk}/"
    assert "taken by Luca" in cards(as_("giulia"))
    as_("giulia").post(f"/calls/{call.pk}/take/?to=contact:{house.elena.pk}", headers=HTMX)
    call.refresh_from_db()
    assert call.taken_by == house.luca


def test_somebody_elses_call_is_none(house: Any, pbx: Any, as_: Any) -> None:
    pbx()
    call = Call.objects.get()
    for part in ("take", "dismiss"):
        assert as_("luca").post(f"/calls/{call.pk}/{part}/").status_code == 404
    assert as_("giulia").post(f"/calls/{call.pk}/dismiss/", headers=HTMX).content.decode().strip() == ""
    assert news(house.giulia) == []


def test_to_whom_one_may_not_see_no_call_leads(house: Any, pbx: Any, as_: Any) -> None:
    pbx(to="29")
    call = Call.objects.get()
    answer = as_("eva").post(f"/calls/{call.pk}/take/?to=contact:{house.elena.pk}", headers=HTMX)
    assert answer.headers["HX-Redirect"].startswith("/leads/new/")


def test_whom_nobody_answered_is_called_back(house: Any, pbx: Any) -> None:
    pbx(to="22", at="2026-11-29T09:42:00+01:00")
    assert pbx(event="ended").status_code == 200
    activity = Activity.objects.get()
    assert (activity.owner, activity.contact, activity.company, activity.kind, activity.due_on) == (
        house.giulia,
        house.elena,
        house.company,
        "call",
        timezone.localdate(),
    )
    assert activity.subject.startswith("Call back 030 354 5678, who called at ")
    assert list(Notice.objects.values_list("kind", "user__first_name")) == [("call.missed", "Giulia")]
    pbx(event="ended")
    assert Activity.objects.count() == 1
    assert news(house.luca) == []


@pytest.mark.parametrize("taken", [True, False])
def test_an_answered_call_leaves_nothing_to_do(house: Any, pbx: Any, as_: Any, taken: bool) -> None:
    pbx()
    if taken:
        as_("giulia").post(f"/calls/{Call.objects.get().pk}/take/?to=contact:{house.elena.pk}")
    else:
        pbx(event="answered", by="21")
        assert Call.objects.get().taken_by == house.giulia
    pbx(event="ended")
    assert Activity.objects.count() == 0


def test_a_call_never_ended_leaves_the_screen(house: Any, pbx: Any) -> None:
    pbx()
    Ring.objects.update(at=timezone.now() - dt.timedelta(minutes=4))
    assert news(house.giulia) == []


@pytest.mark.parametrize(
    ("told", "status", "field"),
    [
        ({"call_id": ""}, 422, "call_id"),
        ({"call_id": "x" * 121}, 422, "call_id"),
        ({"call_id": "9", "event": "ended"}, 404, ""),
        ({"event": "dancing"}, 422, "event"),
        ({"at": "yesterday"}, 422, "at"),
        ({"at": "2026-11-29T10:00:00"}, 422, "at"),
        ({"to": ["1"] * 51}, 422, "to"),
        ({"to": [{"x": 1}]}, 422, "to"),
        ({"number": "1\x00"}, 422, "number"),
        ({"number": "1" * 10_001}, 413, ""),
    ],
)
def test_what_is_wrong_is_said(house: Any, pbx: Any, told: dict[str, Any], status: int, field: str) -> None:
    answer = pbx(**told)
    assert (answer.status_code, list(answer.json()["fields"])) == (status, [field] if field else [])
    assert Call.objects.count() == 0


def test_too_many_calls_are_refused_for_a_while(house: Any, pbx: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fedele.inbox.calls.door.BUSY", 2)
    assert [pbx(str(number)).status_code for number in range(3)] == [201, 201, 429]
    assert pbx("0").status_code == 200


def test_only_a_key_made_for_it_opens_the_door(house: Any, pbx: Any, client: Any) -> None:
    ordinary, readonly = ApiKey.make(house.luca, "x")[1], ApiKey.make(house.sara, "y", read_only=True)[1]
    assert [pbx(key=key).status_code for key in ("", "fdl_guess", ordinary, readonly)] == [401, 401, 403, 403]
    secret = ApiKey.make(house.sara, "PBX", opens=CALLS)[1]
    assert client.post(f"/api/calls/incoming?key={secret}", {}, content_type="application/json").status_code == 401
    assert client.get("/api/v1/companies", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    User.objects.filter(pk=house.sara.pk).update(is_active=False)
    assert pbx(key=secret).status_code == 401
    assert Call.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_over_the_wire(house: Any, live_server: Any) -> None:
    secret = ApiKey.make(house.sara, "PBX", opens=CALLS)[1]
    body = json.dumps({"call_id": "77", "number": "030 3545678", "to": "600"}).encode()
    request = urllib.request.Request(
        f"{live_server.url}/api/calls/incoming", body, {"Authorization": f"Bearer {secret}"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert (answer.status, json.load(answer)) == (201, {"call_id": "77", "screens": 2})


def test_one_says_oneself_where_one_is_reached(house: Any, as_: Any) -> None:
    luca = as_("luca")
    luca.post("/profile/phone/", {"numbers": "31; 600 31"})
    assert [one.number for one in Extension.objects.filter(user=house.luca)] == ["31", "600"]
    assert luca.post("/profile/phone/", {"numbers": "twelve"}).status_code == 422
    assert luca.post("/profile/phone/", {"numbers": "1 2 3 4 5 6 7"}).status_code == 422


def test_numbers_are_dialled_as_the_house_says(house: Any, as_: Any) -> None:
    assert dial("+390303545678", house.giulia) == "tel:+390303545678"
    address = "https://pbx.example/call?from={extension}&to={number}"
    assert as_("giulia").post("/setup/telephony/", {"dial_url": address}).status_code == 403
    assert as_("sara").post("/setup/telephony/", {"dial_url": address}).status_code == 302
    assert Telephony.objects.get().dial_url == address
    assert dial("+390303545678", house.giulia) == "https://pbx.example/call?from=21&to=%2B390303545678"
    assert "from=21&amp;to=%2B390303545678" in as_("giulia").get(f"/contacts/{house.elena.pk}/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["javascript:alert({number})", "data:text/html,{number}", "https://x.example/", "//x/{number}", "file:///{number}",
     "https://x/{number}{0.__class__}", 'https://x/{number}"onclick=', "https://x/ {number}", " javascript:{number}"],
)  # fmt: skip
def test_an_address_that_could_run_something_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        check_dial_url(address)
