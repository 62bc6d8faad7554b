from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from icalendar import Calendar

from fedele.base.verbs import Refused
from fedele.calendar.ics.reading import UnreadableError, read
from fedele.calendar.invitations.answering import reply, request_file
from fedele.calendar.invitations.models import Invitation
from fedele.calendar.invitations.taking import take
from fedele.calendar.models import Activity
from fedele.journal.acting import act_as
from fedele.journal.models import Batch, Entry
from fedele.people.models import Contact
from fedele.records.undo import undo_batch

SOON = timezone.localdate() + dt.timedelta(days=14)
DAY = SOON.strftime("%Y%m%d")


def ics(*lines: str, method: str = "REQUEST", uid: str = "abc@gmail", sequence: int = 0) -> bytes:
    said = {line.partition(":")[0].partition(";")[0] for line in lines}
    usual = [] if "DTSTART" in said else [f"DTSTART:{DAY}T090000Z", f"DTEND:{DAY}T100000Z"]
    usual += [] if "SUMMARY" in said else ["SUMMARY:Collaudo della pressa"]
    usual += [] if "ORGANIZER" in said else ["ORGANIZER;CN=Rosa Neri:mailto:rosa@neri.example"]
    body = [f"UID:{uid}", f"SEQUENCE:{sequence}", "DTSTAMP:20261101T080000Z", *usual, *lines]
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"METHOD:{method}", "BEGIN:VEVENT", *body, "END:VEVENT"]
    return "\r\n".join([*whole, "END:VCALENDAR", ""]).encode()


@pytest.fixture
def rosa(giulia: Any) -> Contact:
    with act_as(giulia, door="screen"):
        contact = Contact(first_name="Rosa", last_name="Neri", email="rosa@neri.example", owner=giulia)
        contact.save()
    return contact


def test_an_invitation_becomes_an_activity_with_its_customer(giulia: Any, rosa: Contact) -> None:
    taken = take(ics("LOCATION:Via Po 3", "DESCRIPTION:Portare i guanti\\nE la scheda"), giulia)
    one = Activity.objects.get()
    assert (taken.made, one.subject, one.kind, one.owner, one.contact) == (
        [one], "Collaudo della pressa", "meeting", giulia, rosa,
    )  # fmt: skip
    at = dt.datetime.combine(SOON, dt.time(9), tzinfo=dt.UTC).astimezone(timezone.get_default_timezone())
    assert (one.due_on, one.due_at, one.minutes, one.place) == (SOON, at.strftime("%H:%M"), 60, "Via Po 3")
    assert one.notes == "Portare i guanti\nE la scheda"


@pytest.mark.parametrize(
    ("start", "at"),
    [
        ("DTSTART:20270115T093000", "09:30"), ("DTSTART:20270115T083000Z", "09:30"), ("DTSTART:20270715T073000Z", "09:30"),
        ("DTSTART;TZID=America/New_York:20270115T033000", "09:30"), ("DTSTART;VALUE=DATE:20270115", ""),
        ("DTSTART;TZID=W. Europe Standard Time:20270115T093000", "09:30"),
    ],
)  # fmt: skip
def test_time_zones(start: str, at: str, giulia: Any) -> None:
    take(ics(start), giulia)
    one = Activity.objects.get()
    assert (one.due_at, one.due_on.day) == (at, 15)


def test_a_time_zone_of_the_file_itself(giulia: Any) -> None:
    zone = (
        b"BEGIN:VTIMEZONE\r\nTZID:Ufficio\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\n"
        b"TZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    )
    take(ics("DTSTART;TZID=Ufficio:20270115T133000").replace(b"BEGIN:VEVENT", zone, 1), giulia)
    assert Activity.objects.get().due_at == "09:30"


def test_again_it_changes_older_it_does_not_and_called_off_it_is_off(giulia: Any) -> None:
    take(ics(), giulia)
    later = ics(f"DTSTART:{DAY}T140000Z", f"DTEND:{DAY}T143000Z", sequence=2)
    assert len(take(later, giulia).changed) == 1
    assert take(later, giulia).activities == []
    assert take(ics(sequence=1), giulia).activities == []
    one = Activity.objects.get()
    assert (one.minutes, one.state) == (30, "planned")
    assert take(ics(method="CANCEL", sequence=1), giulia).called_off == []
    assert take(ics(method="CANCEL", sequence=3), giulia).called_off == [one]
    one.refresh_from_db()
    assert one.state == "off"


def test_a_stranger_changes_nothing(giulia: Any, luca: Any) -> None:
    take(ics(), giulia)
    stranger = ("ORGANIZER:mailto:ladro@altrove.example", f"DTSTART:{DAY}T200000Z")
    for content, sender in (
        (ics(*stranger, sequence=9), ""),
        (ics(sequence=9, method="CANCEL"), "ladro@altrove.example"),
        (ics(*stranger, sequence=9, method="CANCEL"), "ladro@altrove.example"),
    ):
        assert take(content, giulia, sender=sender).activities == []
    assert take(ics(sequence=9, method="CANCEL"), luca).activities == []
    assert (Activity.objects.get().state, Activity.objects.get().version) == ("planned", 1)
    assert len(take(ics(sequence=9, method="CANCEL"), giulia, sender="Rosa@Neri.example").called_off) == 1


def test_undone_as_one(giulia: Any) -> None:
    weekly = ics("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3")
    assert len(take(weekly, giulia).made) == 3
    undo_batch(Batch.objects.get(), giulia)
    assert Activity.objects.filter(trashed_at=None).count() == 0
    assert len(take(weekly, giulia).made) == 3
    assert (Activity.objects.filter(trashed_at=None).count(), Invitation.objects.count()) == (3, 3)


@pytest.mark.parametrize(
    ("rule", "count", "repeats"),
    [
        ("FREQ=WEEKLY", 1, "weekly"), ("FREQ=DAILY;COUNT=5", 1, "daily"), ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=7", 7, ""),
        ("FREQ=DAILY;INTERVAL=3", 53, ""), ("FREQ=SECONDLY", 1, ""), ("FREQ=MINUTELY;COUNT=999999999", 1, ""),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", 1, ""), ("FREQ=YEARLY;BYSECOND=0,1,2,3,4,5,6,7,8,9", 2, ""),
        ("FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3;INTERVAL=2;COUNT=400", 53, ""), ("FREQ=NEVER", 1, ""),
    ],
)  # fmt: skip
def test_what_comes_again_is_bounded(rule: str, count: int, repeats: str, giulia: Any) -> None:
    take(ics(f"RRULE:{rule}"), giulia)
    assert Activity.objects.count() == count
    assert Activity.objects.first().repeats == repeats


def test_dates_left_out_and_one_date_moved(giulia: Any) -> None:
    second = (SOON + dt.timedelta(days=7)).strftime("%Y%m%d")
    take(ics("RRULE:FREQ=WEEKLY;COUNT=4", f"EXDATE:{second}T090000Z"), giulia)
    days = [SOON + dt.timedelta(weeks=n) for n in (0, 2, 3)]
    assert list(Activity.objects.order_by("due_on").values_list("due_on", flat=True)) == days
    third = (SOON + dt.timedelta(days=14)).strftime("%Y%m%d")
    take(
        ics(f"RECURRENCE-ID:{third}T090000Z", f"DTSTART:{third}T160000Z", f"DTEND:{third}T170000Z", sequence=1), giulia
    )
    moved = Activity.objects.get(due_on=days[1])
    assert (Activity.objects.count(), Entry.objects.filter(record_id=moved.pk, kind="activity.changed").count()) == (
        3,
        1,
    )


@pytest.mark.parametrize(
    "content",
    [
        b"", b"hello", b"%PDF-1.7", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:yesterday\r\nEND:VEVENT\r\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\r\n" + b"X" * 1_000_001, b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 3000,
        b"\xff\xfe\x00BEGIN:VCALENDAR\x00",
    ],
)  # fmt: skip
def test_what_is_no_invitation_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(content)
    assert str(refused.value) != ""


def test_too_many_appointments(giulia: Any) -> None:
    event = b"BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:20270101T100000Z\r\nEND:VEVENT\r\n"
    content = b"BEGIN:VCALENDAR\r\n" + b"".join(event % n for n in range(101)) + b"END:VCALENDAR\r\n"
    with pytest.raises(UnreadableError):
        take(content, giulia)
    assert Activity.objects.count() == 0


def test_markup_in_every_property_is_words(giulia: Any, client: Any) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script><b>Riunione</b>"
    take(ics(f"SUMMARY:{evil}", f"LOCATION:{evil}", f"DESCRIPTION:{evil}\x07", uid=f"{evil}"), giulia)
    one = Activity.objects.get()
    client.force_login(giulia)
    page = client.get(f"/activities/{one.pk}/").content.decode()
    assert ("onerror=" in page, "<script>alert(2)" in page, "Riunione" in one.subject) == (False, False, True)


def test_accepted_and_declined(giulia: Any, client: Any) -> None:
    take(ics(sequence=4), giulia)
    one = Activity.objects.get()
    client.force_login(giulia)
    assert client.get(f"/activities/{one.pk}/reply.ics").status_code == 404
    assert client.post(f"/activities/{one.pk}/invitation/", {"answer": "accepted"}).status_code == 302
    file = client.get(f"/activities/{one.pk}/reply.ics")
    sent = Calendar.from_ical(file.content)
    event = sent.walk("VEVENT")[0]
    assert (sent["method"], event["uid"], event["sequence"]) == ("REPLY", "abc@gmail", 4)
    assert (str(event["attendee"]), event["attendee"].params["PARTSTAT"]) == (f"mailto:{giulia.email}", "ACCEPTED")
    assert Entry.objects.filter(kind="activity.answered").count() == 1
    with act_as(giulia):
        assert b"PARTSTAT=DECLINED" in reply(one, False).replace(b"\r\n ", b"")


def test_only_whose_it_is_answers(giulia: Any, luca: Any, plan: Any, client: Any) -> None:
    take(ics(), giulia)
    one = Activity.objects.get()
    client.force_login(luca)
    assert client.post(f"/activities/{one.pk}/invitation/", {"answer": "accepted"}).status_code == 404
    with pytest.raises(Refused):
        reply(plan(giulia, due_on=SOON), True)


def test_the_customer_is_invited_and_their_answer_is_told(giulia: Any, rosa: Contact, plan: Any, client: Any) -> None:
    one = plan(giulia, subject="Visita; alle 9,\r\nATTENDEE:x", contact=rosa, due_on=SOON, due_at="09:00", minutes=90)
    client.force_login(giulia)
    content = client.get(f"/activities/{one.pk}/invite.ics").content
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert str(event["attendee"]) == "mailto:rosa@neri.example"
    assert (event["dtstart"].dt.tzinfo.key, event.decoded("dtend") - event.decoded("dtstart")) == (
        "Europe/Rome", dt.timedelta(minutes=90),
    )  # fmt: skip
    assert content.count(b"\r\nATTENDEE") == 1
    answer = content.replace(b"METHOD:REQUEST", b"METHOD:REPLY").replace(b"PARTSTAT=NEEDS-ACTION", b"PARTSTAT=ACCEPTED")
    assert take(answer, giulia, sender="altro@x.example").answered == []
    assert take(answer, giulia, sender="rosa@neri.example").answered == [one]
    assert Entry.objects.get(kind="activity.answered").data["answer"] == "accepted"
    # Our own invitation, come back as it went out, makes no second one.
    assert take(content, giulia).activities == []


def test_a_customer_one_may_not_see_is_not_invited(giulia: Any, luca: Any, rosa: Contact, plan: Any) -> None:
    one = plan(giulia, contact=rosa, due_on=SOON)
    one.contact = None
    assert b"ATTENDEE" not in request_file(one, giulia)


def test_brought_in_by_the_page(giulia: Any, eva: Any, client: Any) -> None:
    client.force_login(giulia)
    assert client.get("/calendar/import/").status_code == 200
    wrong = client.post("/calendar/import/", {"file": SimpleUploadedFile("x.ics", b"nonsense")})
    assert (wrong.status_code, Activity.objects.count()) == (422, 0)
    done = client.post("/calendar/import/", {"file": SimpleUploadedFile("x.ics", ics())})
    assert done.headers["Location"] == f"/activities/{Activity.objects.get().pk}/"
    assert client.get(done.headers["Location"]).content.decode().count("rosa@neri.example") == 1
    client.force_login(eva)
    assert client.get("/calendar/import/").status_code == 403


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (("DTSTART;VALUE=DATE:20270510", "DTEND;VALUE=DATE:20270514"), ("2027-05-10", "", "2027-05-13", "", None)),
        (("DTSTART;VALUE=DATE:20270510", "DTEND;VALUE=DATE:20270511"), ("2027-05-10", "", None, "", None)),
        (("DTSTART:20270510T100000", "DTEND:20270512T170000"), ("2027-05-10", "10:00", "2027-05-12", "17:00", None)),
        (("DTSTART:20270510T100000", "DURATION:P2D"), ("2027-05-10", "10:00", "2027-05-12", "10:00", None)),
        (("DTSTART:20270510T000000", "DTEND:20270512T000000"), ("2027-05-10", "00:00", "2027-05-11", "", None)),
        (("DTSTART:20270510T220000", "DTEND:20270511T020000"), ("2027-05-10", "22:00", None, "", 240)),
        # Over the night in which the clocks are put forward, in UTC.
        (("DTSTART:20270327T080000Z", "DTEND:20270329T150000Z"), ("2027-03-27", "09:00", "2027-03-29", "17:00", None)),
    ],
)  # fmt: skip
def test_several_days_keep_both_ends(times: tuple[str, ...], expected: tuple[Any, ...], giulia: Any) -> None:
    take(ics(*times), giulia)
    one = Activity.objects.get()
    last = str(one.until_on) if one.until_on else None
    assert (str(one.due_on), one.due_at, last, one.until_at, one.minutes) == expected
    (event,) = Calendar.from_ical(request_file(one, giulia)).walk("VEVENT")
    (before,) = Calendar.from_ical(ics(*times)).walk("VEVENT")
    zone = timezone.get_default_timezone()
    assert [_there(event.start, zone), _there(event.end, zone)] == [
        _there(before.start, zone),
        _there(before.end, zone),
    ]


def _there(moment: dt.datetime | dt.date, zone: Any) -> str:
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    return (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None).isoformat()


def test_what_is_private_there_is_private_here(giulia: Any, luca: Any) -> None:
    take(ics("CLASS:PRIVATE"), giulia)
    assert (Activity.objects.visible_to(giulia).count(), Activity.objects.visible_to(luca).count()) == (1, 0)
    assert b"CLASS:PRIVATE" in request_file(Activity.objects.get(), giulia)
