"""From a notice to what a browser reads, through a real push service that decrypts and checks the signature."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fedele.access.models import Role, User
from fedele.notices.handing import Deferred
from fedele.notices.holding import release
from fedele.notices.manners import Manner
from fedele.notices.models import Notice, Preference
from fedele.notices.push.devices import Device, Push
from fedele.notices.push.keys import PushKey, current_key, renew
from fedele.notices.push.sending import deliver
from fedele.notices.push.tests.conftest import Browser, PushService, claims_of, signed_in, subscribe
from fedele.notices.snoozing import snooze
from fedele.notices.telling import tell
from fedele.notices.tests.test_telling import company

State = Push.State


def waiting(user: User, title: str = "Import") -> Push:
    """A notice on its way, whose job has not run."""
    notice = Notice.objects.create(user=user, kind="job.done", title=title)
    return Push.objects.create(notice=notice, device=Device.objects.get())


def test_browser_reads_what_was_told(giulia: User, luca: User, service: PushService, phone: Browser) -> None:
    notice = tell(giulia, "record.assigned", record=company(luca), actor=luca)
    assert notice
    ((path, headers, body),) = service.messages
    message = phone.read(body)
    assert (message["title"], message["body"]) == ("Officine Rinaldi", "Luca Gatti assigned Officine Rinaldi to you")
    assert (message["url"], message["tag"], message["user"]) == (f"/notices/{notice.pk}/", notice.group, giulia.pk)
    assert (path, headers["ttl"], headers["urgency"], len(headers["topic"])) == ("/push/phone", "86400", "normal", 32)
    claims = claims_of(headers["authorization"])
    assert (claims["aud"], claims["sub"].startswith("mailto:")) == (service.url, True)
    assert claims["exp"] - timezone.now().timestamp() < 24 * 3600
    assert Push.objects.get().state == State.SENT
    assert Device.objects.get().used_at is not None


def test_each_in_their_language_and_only_as_they_chose(luca: User, service: PushService) -> None:
    browser = subscribe(signed_in(luca), service)
    tell(luca, "job.done", title="Import")
    Preference.objects.create(user=luca, kind="job.done", push=False, email="none")
    tell(luca, "job.done", title="Other")
    assert [browser.read(body)["body"] for _path, _headers, body in service.messages] == ["Finito: Import"]


def test_not_more_than_may_be_seen_when_it_is_sent(
    giulia: User, luca: User, service: PushService, phone: Browser
) -> None:
    record = company(luca, "Secret Ltd")
    notice = Notice.objects.create(
        user=giulia, kind="record.assigned", record_type="company", record_id=record.pk, title="Secret Ltd", push=True
    )
    push = Push.objects.create(notice=notice, device=Device.objects.get())
    giulia.roles.set(Role.objects.none())
    assert deliver.call(push.pk) == State.DROPPED
    assert service.messages == []


def test_what_was_read_meanwhile_is_not_pushed(giulia: User, service: PushService, phone: Browser) -> None:
    push = waiting(giulia)
    Notice.objects.update(read_at=timezone.now())
    assert (deliver.call(push.pk), service.messages) == (State.DROPPED, [])


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(giulia: User, service: PushService, phone: Browser, status: int) -> None:
    service.answers = [(status, {})]
    tell(giulia, "job.done", title="Import")
    assert not Device.objects.exists()


def test_too_many_is_tried_again_as_late_as_asked_and_arrives_once(
    giulia: User, service: PushService, phone: Browser
) -> None:
    service.answers = [(429, {"Retry-After": "300"})]
    push = waiting(giulia)
    with pytest.raises(Deferred) as deferred:
        deliver.call(push.pk)
    assert deferred.value.after == 300
    Push.objects.update(state=State.WAITING)
    assert [deliver.call(push.pk) for _again in range(2)] == [State.SENT, "begun before"]
    assert len(service.messages) == 2


def test_line_lost_after_sending_is_uncertain_and_not_sent_again(
    giulia: User, service: PushService, phone: Browser
) -> None:
    service.hang_up = True
    push = waiting(giulia)
    assert deliver.call(push.pk) == State.UNCERTAIN
    service.hang_up = False
    deliver.call(push.pk)
    assert (len(service.messages), Push.objects.get().state) == (1, State.UNCERTAIN)


def test_no_service_is_certainly_not_sent(giulia: User, service: PushService, phone: Browser) -> None:
    Device.objects.update(endpoint="http://127.0.0.1:1/push")
    with pytest.raises(Deferred):
        deliver.call(waiting(giulia).pk)


def test_after_signing_out_there_nothing_more_is_sent_there(giulia: User, service: PushService) -> None:
    phone, desk = signed_in(giulia), signed_in(giulia)
    subscribe(phone, service, "phone")
    subscribe(desk, service, "desk")
    phone.post("/accounts/logout/")
    tell(giulia, "job.done", title="Import")
    assert [path for path, _headers, _body in service.messages] == ["/push/desk"]


def test_a_session_that_ended_elsewhere_or_by_a_new_password_is_none(giulia: User, service: PushService) -> None:
    phone, desk = signed_in(giulia), signed_in(giulia)
    subscribe(phone, service, "phone")
    phone.session.flush()
    subscribe(desk, service, "desk")
    giulia.set_password("quite another one")
    giulia.save()
    tell(giulia, "job.done", title="Import")
    assert (service.messages, Device.objects.count()) == ([], 0)


def test_the_next_person_on_the_same_browser_has_it(giulia: User, luca: User, service: PushService) -> None:
    browser = subscribe(signed_in(giulia), service)
    answer = signed_in(luca).post("/notices/devices/", {**browser.subscription, "key": current_key().public})
    assert answer.status_code == 200
    assert [device.user for device in Device.objects.all()] == [luca]
    tell(giulia, "job.done", title="Import")
    assert service.messages == []


def test_quiet_hours_hold_it_and_one_a_record_comes_afterwards(
    giulia: User, luca: User, service: PushService, phone: Browser
) -> None:
    Manner.objects.create(user=giulia, quiet_days=str(timezone.localdate().weekday()))
    record = company(luca)
    for title in ("First", "Second"):
        tell(giulia, "record.assigned", record=record, title=title)
    tell(giulia, "job.done", title="Import")
    assert service.messages == []
    Manner.objects.all().delete()
    Notice.objects.update(held_until=timezone.now())
    release.call()
    release.call()
    assert [phone.read(body)["title"] for _path, _headers, body in service.messages] == ["Second", "Import"]


def test_put_off_it_is_pushed_when_it_comes_back(giulia: User, service: PushService, phone: Browser) -> None:
    notice = tell(giulia, "job.done", title="Import")
    assert notice
    snooze(notice, timezone.now() + timedelta(hours=1))
    Notice.objects.update(shown_at=timezone.now(), held_until=timezone.now())
    release.call()
    assert [phone.read(body)["title"] for _path, _headers, body in service.messages] == ["Import", "Import"]


def test_old_devices_keep_their_key_new_ones_get_the_new_one(
    giulia: User, service: PushService, phone: Browser
) -> None:
    old = current_key()
    new = renew()
    assert new != old
    answer = signed_in(giulia).post("/notices/devices/", {**phone.subscription, "key": old.public})
    assert answer.content.decode() == new.public
    tell(giulia, "job.done", title="Import")
    assert f"k={old.public}" in service.messages[0][1]["authorization"]


def test_keys_are_unreadable_in_the_database_and_may_be_given(db: None, settings: Any) -> None:
    from py_vapid.utils import b64urlencode

    assert "BEGIN" not in current_key().sealed
    assert current_key() == current_key()
    settings.PUSH_PRIVATE_KEY = b64urlencode(b"7" * 32)
    own = current_key()
    assert (own, PushKey.objects.count()) == (current_key(), 2)


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "http://push.example.com/x"},
        {"endpoint": "https://user@push.example.com/x"},
        {"endpoint": "https://push.example.com:25/x"},
        {"endpoint": "ftp://push.example.com/"},
        {"endpoint": ""},
        {"p256dh": "short"},
        {"auth": "!!!"},
        {"key": "not ours"},
    ],
)
def test_what_is_no_subscription_is_refused(giulia: User, change: dict[str, str]) -> None:
    given = {**Browser("https://push.example.com/x").subscription, "key": current_key().public, **change}
    assert signed_in(giulia).post("/notices/devices/", given).status_code == 400
    assert not Device.objects.exists()


def test_removed_by_its_owner_only(giulia: User, luca: User, service: PushService, phone: Browser) -> None:
    address = f"/notices/devices/{Device.objects.get().pk}/remove/"
    assert signed_in(luca).post(address).status_code == 404
    assert signed_in(giulia).post(address).status_code == 302
    assert not Device.objects.exists()


def test_a_trial_reaches_the_device_also_when_it_is_quiet(giulia: User, service: PushService, phone: Browser) -> None:
    Manner.objects.create(user=giulia, quiet_days=str(timezone.localdate().weekday()))
    signed_in(giulia).post("/notices/devices/trial/")
    ((_path, headers, body),) = service.messages
    assert (phone.read(body)["body"], headers["urgency"]) == ("Notices reach this device.", "high")
