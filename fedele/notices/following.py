"""Who wants to hear of a record. Whose it is follows by themselves, and so does who writes there or is named; anybody may stop.

Who stopped is asked again by nothing that happens by itself: only by pressing the button.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from fedele.access.seeing import who_sees


class Follow(models.Model):
    """One person follows one record, or has said that they do not want to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    is_on = models.BooleanField(default=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id", "user"], name="follow_once")]
        indexes = [models.Index(fields=["user", "record_type", "record_id"], name="follow_of_user")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"


def follow(record: Any, user: Any, *, by_itself: bool = False) -> None:
    """From now on `user` hears of the record; `by_itself`, unless they once stopped."""
    key = {"user": user, "record_type": record.record_type, "record_id": record.pk}
    if by_itself:
        Follow.objects.get_or_create(**key)
    else:
        Follow.objects.update_or_create(**key, defaults={"is_on": True})


def unfollow(record: Any, user: Any) -> None:
    key = {"user": user, "record_type": record.record_type, "record_id": record.pk}
    Follow.objects.update_or_create(**key, defaults={"is_on": False})


def follows(record: Any, user: Any) -> bool:
    said = _said(record).filter(user=user).values_list("is_on", flat=True).first()
    return record.owner_id == user.pk if said is None else said


def followers_of(record: Any) -> list[Any]:
    """Those who follow it and may see it, whose it is first; a few statements however many they are."""
    said = dict(_said(record).values_list("user_id", "is_on"))
    wanted = {pk for pk, is_on in said.items() if is_on}
    if record.owner_id and said.get(record.owner_id, True):
        wanted.add(record.owner_id)
    people = get_user_model().objects.filter(pk__in=wanted, is_active=True).select_related("team")
    return who_sees(record, sorted(people, key=lambda one: (one.pk != record.owner_id, str(one))))


def _said(record: Any) -> models.QuerySet[Follow]:
    return Follow.objects.filter(record_type=record.record_type, record_id=record.pk)
