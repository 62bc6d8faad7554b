from __future__ import annotations

from email.utils import make_msgid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.notices.delivery import Delivery
from fedele.notices.following import Follow  # noqa: F401 (its table belongs to this app)


def new_message_id() -> str:
    return make_msgid("notice", settings.SITE_HOST)


class NoticeMail(models.Model):
    """One e-mail with one or several notices, and what became of it. Handed to the mail server once at the most."""

    State = Delivery

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_digest = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    message_id = models.CharField(max_length=200, default=new_message_id, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "sending_at"], name="notice_mail_open", condition=Q(state="sending")),
            models.Index(fields=["created_at"], name="notice_mail_age"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def inbox_of(self, user: object) -> NoticeQuerySet:
        return self.filter(user=user, in_app=True)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def shown(self) -> NoticeQuerySet:
        """Not those put off until later: they come back by themselves when their moment is past."""
        return self.filter(shown_at__lte=timezone.now())

    def later(self) -> NoticeQuerySet:
        return self.filter(shown_at__gt=timezone.now(), read_at=None)

    def for_digest(self) -> NoticeQuerySet:
        return self.filter(email="daily", mail=None, read_at=None)

    def about(self, notice: Notice) -> NoticeQuerySet:
        """All that this person is told of the same record; of a notice without one, only itself."""
        if not notice.record_id:
            return self.filter(pk=notice.pk)
        return self.filter(user_id=notice.user_id, record_type=notice.record_type, record_id=notice.record_id)


class Notice(models.Model):
    """One thing one person is told. Its words are made when it is read, in the reader's language."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    record_type = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    #: The record's name when it happened; shown only to who may still see the record.
    title = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=500, blank=True)
    #: The journal entry it tells of; at most one notice an entry and person.
    entry_id = models.BigIntegerField(null=True)
    #: What must not be told twice though its job runs again: "agreement.due 12 2026-11-29".
    once = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)
    #: Its place in the inbox. Put off until a later moment it is not there before, and on top then.
    shown_at = models.DateTimeField(default=timezone.now)
    #: E-mail and push wait until then: quiet hours, or put off.
    held_until = models.DateTimeField(null=True)
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    email = models.CharField(max_length=5, default="none")
    mail = models.ForeignKey(NoticeMail, null=True, on_delete=models.SET_NULL, related_name="notices")
    emailed_at = models.DateTimeField(null=True)
    push = models.BooleanField(default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "entry_id"], name="notice_once", condition=Q(entry_id__isnull=False)
            ),
            models.UniqueConstraint(fields=["user", "once"], name="notice_told", condition=~Q(once="")),
        ]
        indexes = [
            models.Index(fields=["user", "-shown_at", "-id"], name="notice_shown"),
            models.Index(
                fields=["user", "shown_at"], name="notice_waiting", condition=Q(read_at__isnull=True, in_app=True)
            ),
            models.Index(fields=["held_until"], name="notice_held", condition=Q(held_until__isnull=False)),
            models.Index(fields=["user", "record_type", "record_id"], name="notice_record"),
            models.Index(
                fields=["user"],
                name="notice_digest",
                condition=Q(email="daily", mail__isnull=True, read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"

    @property
    def group(self) -> str:
        """Notices of one record stand together."""
        return f"{self.record_type} {self.record_id}" if self.record_id else f"notice {self.pk}"


class Preference(models.Model):
    """How one person wants to hear of one kind of notice. Without one, as the kind's declaration says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    in_app = models.BooleanField(default=True)
    push = models.BooleanField(default=False)
    email = models.CharField(
        max_length=5,
        default="none",
        choices=[("none", _("No e-mail")), ("now", _("E-mail at once")), ("daily", _("Daily e-mail"))],
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.email}"


# Further models of this app, each beside what it is about; Django looks for them here.
from fedele.notices.manners import Manner, Mute  # noqa: E402
from fedele.notices.push.devices import Device, Push  # noqa: E402
from fedele.notices.push.keys import PushKey  # noqa: E402

__all__ = ["Device", "Manner", "Mute", "Notice", "NoticeMail", "Preference", "Push", "PushKey"]
