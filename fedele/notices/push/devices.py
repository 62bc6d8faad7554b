"""The devices of a person that may be pushed to, and each notice on its way to one of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.backends.db import SessionStore
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from fedele.notices.delivery import Delivery


class Device(models.Model):
    """One browser on one device, in the session in which its owner allowed it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Whoever holds this address can write to the browser only with the key below.
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    key = models.ForeignKey("notices.PushKey", on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=timezone.now)
    #: When a notice last reached its push service.
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_signed_in(self) -> bool:
        """Is its owner still signed in there? Signing out, a new password and an ended session all say no."""
        session = SessionStore(self.session_key).load()
        known = str(session.get(SESSION_KEY, "")) == str(self.user_id) and BACKEND_SESSION_KEY in session
        return known and constant_time_compare(session.get(HASH_SESSION_KEY, ""), self.user.get_session_auth_hash())


class Push(models.Model):
    """One notice on its way to one device, and what became of it. Handed to the push service once at the most."""

    State = Delivery

    notice = models.ForeignKey("notices.Notice", on_delete=models.CASCADE, related_name="pushes")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="pushes")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "device"], name="push_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.state}"


def forget_device(sender: Any, request: Any, **_kwargs: Any) -> None:
    """Who signs out on a device gets nothing more there."""
    key = getattr(getattr(request, "session", None), "session_key", None)
    if key:
        Device.objects.filter(session_key=key).delete()


def connect() -> None:
    user_logged_out.connect(forget_device, dispatch_uid="forget-device")
