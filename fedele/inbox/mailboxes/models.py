from __future__ import annotations

import secrets
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.inbox.mailboxes.connecting import Connected
from fedele.people.identity.fields import EmailField


class Unknown(models.TextChoices):
    """What becomes of mail from people nobody knows."""

    PARK = "park", _("waits for somebody to decide")
    LEAD = "lead", _("becomes a lead")
    IGNORE = "ignore", _("is not taken")


class Afterwards(models.TextChoices):
    """What happens on the server to a message that is stored here. Nothing is ever deleted there."""

    LEAVE = "leave", _("stays as it is")
    SEEN = "seen", _("is marked as read")
    MOVE = "move", _("is moved to another folder")


class Standing(models.TextChoices):
    NEW = "new", _("not read yet")
    WELL = "well", _("works")
    REFUSED = "refused", _("the sign-in is refused")
    UNREACHABLE = "unreachable", _("cannot be reached")
    FAILING = "failing", _("something is wrong")


def _token() -> str:
    return secrets.token_hex(6)


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, those of one's team and of the teams below, and everybody's. Not colleagues' own, whoever asks."""
        if not user.is_active or not user.rights.may("view", "message"):
            return self.none()
        teams = {user.team_id, *user.rights.teams_below} - {None}
        shared = Q(owner=None) if user.is_administrator else Q(owner=None, team=None) | Q(owner=None, team__in=teams)
        return self.filter(Q(owner=user) | shared)

    def configurable_by(self, user: Any) -> Self:
        """One's own; the shared ones are set up by who administers."""
        own = Q(owner=user) if user.rights.may("create", "message") else Q(pk=None)
        return self.filter(own | Q(owner=None) if user.is_administrator else own)

    def open(self) -> Self:
        return self.exclude(imap_host="").filter(is_paused=False)


class Mailbox(Connected):
    name = models.CharField(_("name"), max_length=80)
    address = EmailField(_("address"), unique=True)
    #: Further addresses that end up here; mail from any of them is ours.
    aliases = models.JSONField(_("further addresses"), default=list, blank=True)
    #: Whose it is; without one it is shared, by a team or by everybody.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="mailboxes",
        verbose_name=_("personal mailbox of"),
    )  # fmt: skip
    team = models.ForeignKey(
        "access.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("shared by the team"), help_text=_("Without a team everybody shares it."),
    )  # fmt: skip
    is_certified = models.BooleanField(_("certified mail (PEC)"), default=False)
    from_name = models.CharField(_("name of the sender"), max_length=120, blank=True)
    signature = models.TextField(_("signature"), blank=True)
    signature_html = models.TextField(blank=True, editable=False)
    unknown = models.CharField(_("mail from unknown people"), max_length=8, choices=Unknown, default=Unknown.PARK)
    afterwards = models.CharField(
        _("on the server a message that was read"), max_length=8, choices=Afterwards, default=Afterwards.LEAVE
    )
    move_to = models.CharField(_("move to the folder"), max_length=120, blank=True)
    since = models.DateField(_("from this day on"), default=timezone.localdate, help_text=_("Older mail is not read."))
    checks_senders = models.CharField(
        _("server that checks senders"), max_length=120, blank=True,
        help_text=_("Its name in “Authentication-Results”. Where mail shows it beyond doubt, it is filled in by itself."),
    )  # fmt: skip
    #: The topmost such name in the last mail: proposed to who administers.
    seen_checking = models.CharField(max_length=120, blank=True, editable=False)
    #: What makes the address known only to colleagues: copies sent there are filed.
    token = models.CharField(max_length=20, default=_token, unique=True, editable=False)
    is_paused = models.BooleanField(_("paused"), default=False)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.NEW, editable=False)
    #: What the server said last when something was wrong.
    trouble = models.CharField(max_length=300, blank=True, editable=False)
    #: Why the last copy of something sent could not be put into its folder.
    copy_trouble = models.CharField(max_length=300, blank=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    #: Who administers was told of it.
    is_reported = models.BooleanField(default=False, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    fetched_at = models.DateTimeField(_("last read"), null=True, editable=False)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_personal(self) -> bool:
        return self.owner_id is not None

    @property
    def addresses(self) -> list[str]:
        return [self.address, *self.aliases]

    @property
    def filing_address(self) -> str:
        """Where a copy is sent to be filed, from whatever program: info+a1b2c3@officineaurora.example."""
        local, _at, domain = self.address.rpartition("@")
        return f"{local}+{self.token}@{domain}"

    def clean(self) -> None:
        super().clean()
        if self.afterwards == Afterwards.MOVE and not self.move_to:
            raise ValidationError({"move_to": _("Name the folder it is moved to.")})
        if self.owner_id and self.team_id:
            raise ValidationError({"team": _("A mailbox is somebody’s own or a team’s, not both.")})


class Folder(models.Model):
    """How far a folder of a mailbox was read. A server that numbers anew (UIDVALIDITY) is read from the beginning."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(max_length=120)
    validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="mail_folder_once")]

    def __str__(self) -> str:
        return f"{self.mailbox_id}: {self.name}"


class Rule(models.Model):
    """What was decided once of a sender, or of all of a domain (`@example.com`): the next mail is not asked about."""

    class Does(models.TextChoices):
        IGNORE = "ignore", _("is not taken")
        PERSON = "person", _("is written by a person")
        IMAGES = "images", _("pictures are shown")

    sender = models.CharField(_("sender"), max_length=254)
    does = models.CharField(_("mail from there"), max_length=8, choices=Does)
    #: Whose choice it is; nobody's is everybody's.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rule for a sender")
        verbose_name_plural = _("rules for senders")
        constraints = [
            models.UniqueConstraint(fields=["sender", "does", "user"], nulls_distinct=False, name="mail_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.sender}: {self.does}"
