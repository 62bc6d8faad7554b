"""The job that hands one notice to the push service of one device: tried again while it certainly did not arrive."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.utils import timezone

from fedele.base.outside import Answer, BrokenOff, NotOutside, Unreachable, post
from fedele.notices.handing import Deferred
from fedele.notices.models import Notice
from fedele.notices.push.devices import Device, Push
from fedele.notices.push.messages import headers_of, message_of
from fedele.tasks.jobs import job
from fedele.tasks.running import this_run

logger = logging.getLogger("fedele.notices")

State = Push.State

#: A minute, doubled up to an hour: about three hours in all.
TRIES = {"retries": 8, "backoff": 60, "cap": 3600}


def push_out(notices: Iterable[Notice]) -> None:
    """Sends each notice to all devices of its reader, after this transaction."""
    notices = list(notices)
    if not notices:
        return
    devices: dict[int, list[Device]] = {}
    for device in Device.objects.filter(user__in={notice.user_id for notice in notices}):
        devices.setdefault(device.user_id, []).append(device)
    pushes = [Push(notice=one, device=device) for one in notices for device in devices.get(one.user_id, [])]
    if pushes:
        # One that was put off is pushed a second time.
        Push.objects.filter(notice__in=notices).delete()
        for push in Push.objects.bulk_create(pushes):
            deliver.enqueue(push.pk)


@job(**TRIES)
def deliver(push_id: int) -> str:
    """Sends it, unless that was done, or begun and never answered."""
    push = Push.objects.select_related("notice__actor", "device__user", "device__key").filter(pk=push_id).first()
    if push is None:
        return "gone"
    if not push.device.is_signed_in or not push.device.user.is_active:
        push.device.delete()
        return "signed out"
    if push.state != State.WAITING:
        # Whoever began to send it is dead, or asleep, and may have got it out.
        _turn(push, State.SENDING, State.UNCERTAIN, error="the process ended while sending")
        return "begun before"
    message = message_of(push.notice, push.device.user)
    if message is None:
        return _turn(push, State.WAITING, State.DROPPED)
    if _turn(push, State.WAITING, State.SENDING) != State.SENDING:
        return "taken"
    return _judge(push, _handed(push, message))


def _handed(push: Push, message: bytes) -> Answer | None:
    """What the push service said; None when it may have got the message and did not say."""
    try:
        return post(push.device.endpoint, *_sealed(push, message))
    except NotOutside as error:
        logger.warning("device %s removed: %s", push.device_id, error)
        return Answer(410)
    except Unreachable as error:
        raise _later(push, str(error), 0) from error
    except BrokenOff as error:
        _turn(push, State.SENDING, State.UNCERTAIN, error=str(error)[:300])
        return None


def _sealed(push: Push, message: bytes) -> tuple[bytes, dict[str, str]]:
    # Heavy, and wanted by workers only.
    from pywebpush import WebPusher

    device = push.device
    keys = {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
    parts = urlsplit(device.endpoint)
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Authorization": device.key.signature_for(f"{parts.scheme}://{parts.netloc}"),
        **headers_of(push.notice),
    }
    return WebPusher(keys).encode(message)["body"], headers


def _judge(push: Push, answer: Answer | None) -> str:
    if answer is None:
        return str(State.UNCERTAIN)
    if answer.status in (404, 410):
        # The person took back the permission, or the browser is gone.
        push.device.delete()
        return "device removed"
    if answer.status == 429 or answer.status >= 500:
        after = answer.headers.get("retry-after", "")
        raise _later(push, f"answered {answer.status}", int(after) if after.isdecimal() and len(after) < 6 else 0)
    if answer.status >= 300:
        logger.warning("push to device %s refused: %s", push.device_id, answer.status)
        return _turn(push, State.SENDING, State.FAILED, error=f"answered {answer.status}")
    now = timezone.now()
    Device.objects.filter(pk=push.device_id).update(used_at=now)
    return _turn(push, State.SENDING, State.SENT, sent_at=now, error="")


def _later(push: Push, words: str, after: float) -> Deferred:
    _turn(push, State.SENDING, State.FAILED if this_run().is_last else State.WAITING, error=words[:300])
    return Deferred(words, after)


def _turn(push: Push, before: str, after: str, **values: object) -> str:
    """The new state, or, when somebody else was faster, the one it has."""
    if Push.objects.filter(pk=push.pk, state=before).update(state=after, **values):
        return str(after)
    return f"not {before}"
