from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.inbox.mailboxes.models import Mailbox
from fedele.inbox.messages.filed import Filed
from fedele.inbox.messages.kinds import WRITTEN, Direction, Kind, State
from fedele.knowledge.files.models import StoredFile


class Thread(Filed):
    """What was written back and forth about one thing, by whoever took part from the beginning."""

    subject = models.CharField(_("subject"), max_length=300, blank=True)
    mailbox = models.ForeignKey(
        Mailbox, null=True, on_delete=models.SET_NULL, related_name="threads", verbose_name=_("mailbox"), db_index=False
    )
    #: Names of who wrote, for the list.
    people = models.CharField(max_length=300, blank=True)
    snippet = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(_("last message"), default=timezone.now)
    #: The message nobody has answered yet came at this moment; None when nobody waits.
    waiting_since = models.DateTimeField(_("not answered since"), null=True)
    #: Our last message left at this moment and nobody has answered it; None when no answer is awaited.
    awaited_since = models.DateTimeField(_("waiting for a reply since"), null=True)
    #: Nobody of its mailbox has opened it since the last message came.
    is_unread = models.BooleanField(_("unread"), default=False)
    is_parked = models.BooleanField(_("to sort"), default=False)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mail")
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="mail_thread_last"),
            models.Index(fields=["mailbox", "-last_at", "-id"], name="mail_thread_mailbox"),
            models.Index(fields=["assigned_to", "-last_at", "-id"], name="mail_thread_assigned"),
            models.Index(fields=["company", "-last_at", "-id"], name="mail_thread_company"),
            models.Index(fields=["contact", "-last_at"], name="mail_thread_contact"),
            models.Index(fields=["lead", "-last_at"], name="mail_thread_lead"),
            models.Index(fields=["about_type", "about_id"], name="mail_thread_about", condition=~Q(about_type="")),
            models.Index(fields=["waiting_since", "id"], name="mail_thread_waiting", condition=Q(waiting_since__isnull=False)),
            models.Index(fields=["-last_at", "-id"], name="mail_thread_parked", condition=Q(is_parked=True)),
            models.Index(fields=["-last_at", "-id"], name="mail_thread_awaited", condition=Q(awaited_since__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.subject or str(_("(no subject)"))

    def await_answer(self, since: dt.datetime) -> None:
        """Something of ours left: now it is their turn."""
        self.waiting_since, self.awaited_since = None, since
        self.save(update_fields=["waiting_since", "awaited_since"])


class Message(Filed):
    """One mail, in or out."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages", db_index=False)
    mailbox = models.ForeignKey(
        Mailbox,
        null=True,
        on_delete=models.SET_NULL,
        related_name="messages",
        verbose_name=_("mailbox"),
        db_index=False,
    )
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.IN)
    state = models.CharField(_("state"), max_length=10, choices=State)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.MESSAGE)
    #: Without its brackets; ours is stored before the message leaves.
    message_id = models.CharField(max_length=250, blank=True)
    in_reply_to = models.CharField(max_length=250, blank=True)
    references = models.JSONField(default=list)
    #: Of sender, day, subject and body: two messages may claim one Message-ID, and one may be met twice.
    fingerprint = models.CharField(max_length=64, blank=True)
    sender = models.CharField(_("from"), max_length=254, blank=True)
    sender_name = models.CharField(max_length=160, blank=True)
    #: {"to": [["Anna Rossi", "anna@example.com"]], "cc": …, "bcc": …, "reply_to": …}
    recipients = models.JSONField(default=dict)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    #: What its sender says, and when it came or left.
    sent_at = models.DateTimeField(_("sent"), null=True)
    at = models.DateTimeField(default=timezone.now)
    #: What is new in it; what it quotes and its signature stand apart.
    text = models.TextField(_("text"), blank=True)
    quoted = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    signature_html = models.TextField(blank=True)
    #: As it came, never shown as it is; of what is written here its text, where it is formatted.
    html = models.TextField(blank=True)
    snippet = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    #: The bytes it came as, or left as.
    raw = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    #: What else is known of it: certified envelope, automatic headers, why it waits.
    notes = models.JSONField(default=dict)
    answered_at = models.DateTimeField(_("answered"), null=True)
    #: Of what goes out: who wrote it, when it may leave, and how that went.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("written by")
    )
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    #: What a program calls this letter: asked for twice, it is sent once.
    request_key = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["thread", "at", "id"], name="mail_in_thread"),
            models.Index(fields=["message_id"], name="mail_message_id", condition=~Q(message_id="")),
            models.Index(fields=["mailbox", "-at", "-id"], name="mail_mailbox"),
            models.Index(fields=["company", "-at", "-id"], name="mail_company"),
            models.Index(fields=["contact", "-at", "-id"], name="mail_contact"),
            models.Index(fields=["lead", "-at", "-id"], name="mail_lead"),
            models.Index(fields=["about_type", "about_id"], name="mail_about", condition=~Q(about_type="")),
            models.Index(fields=["sender", "-at"], name="mail_sender"),
            models.Index(fields=["-at", "-id"], name="mail_latest"),
            models.Index(fields=["not_before", "id"], name="mail_to_send", condition=Q(state__in=["queued", "sending"])),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["message_id", "fingerprint"],
                condition=Q(direction="in") & ~Q(fingerprint=""),
                name="mail_stored_once",
            ),
            models.UniqueConstraint(
                fields=["author", "request_key"], condition=~Q(request_key=""), name="mail_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("(no subject)"))

    @property
    def is_written(self) -> bool:
        """By a person who may expect an answer."""
        return self.kind in WRITTEN

    @property
    def is_ours(self) -> bool:
        return self.direction == Direction.OUT

    @property
    def is_written_here(self) -> bool:
        """Not taken from a folder of sent mail, where other programs put theirs."""
        return self.is_ours and not self.fingerprint

    @property
    def sender_shown(self) -> str:
        return self.sender_name or self.sender

    def addresses(self, *which: str) -> list[str]:
        """`message.addresses("to", "cc")`"""
        return [address for name in which for _name, address in self.recipients.get(name, ())]


#: Pictures a browser may draw by itself; anything else is only ever downloaded.
DRAWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class Attachment(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    #: What the sender says it is; what it is stands with the file.
    kind = models.CharField(max_length=100, blank=True)
    #: Shown in the text where it says `cid:…`.
    cid = models.CharField(max_length=250, blank=True)
    is_inline = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name

    @property
    def stands_in_text(self) -> bool:
        """A picture that is shown where the text names it, and is no file beside it."""
        return self.is_inline and self.file.kind in DRAWN


class Met(models.Model):
    """A message as a mailbox has it: where it was met, so that it is not taken twice, and what became of it."""

    class Outcome(models.TextChoices):
        STORED = "stored", _("stored")
        KNOWN = "known", _("known already")
        LEFT = "left", _("not taken")
        #: Tried again; after some tries set aside and shown on the mailbox's page.
        FAILED = "failed", _("could not be read")

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="met")
    folder = models.CharField(max_length=120)
    validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="met")
    outcome = models.CharField(max_length=8, choices=Outcome)
    tries = models.PositiveSmallIntegerField(default=1)
    #: Of one that could not be read: what it is called and why.
    subject = models.CharField(max_length=200, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "folder", "validity", "uid"], name="mail_met_once")]
        indexes = [models.Index(fields=["mailbox", "-at"], name="mail_met_failed", condition=Q(outcome="failed"))]

    def __str__(self) -> str:
        return f"{self.folder} {self.uid}: {self.outcome}"


SEALS = {
    "certified": _("signature verified"),
    "intact": _("signature intact, its issuer not checked"),
    "none": _("without a signature"),
}


class Report(models.Model):
    """What another server told of a message of ours: it came back, was delivered, was certified, was complained about."""

    about = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reports")
    #: The message that says so.
    told_by = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    recipient = models.CharField(max_length=254, blank=True)
    status = models.CharField(max_length=10, blank=True)
    diagnostic = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("delivery report")
        verbose_name_plural = _("delivery reports")
        constraints = [models.UniqueConstraint(fields=["about", "kind", "recipient"], name="mail_report_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.recipient}"

    @property
    def seal(self) -> str:
        """Of a receipt of certified mail: how far its signature goes."""
        return str(SEALS.get(self.status, "")) if self.kind.startswith("pec_") else ""

    @classmethod
    def keep(cls, about: Message, told_by: Message | None, kind: str, recipient: str = "", **told: Any) -> bool:
        """Whether it is news: some servers tell the same several times."""
        return cls.objects.get_or_create(
            about=about, kind=kind, recipient=recipient[:254], defaults={"told_by": told_by, **told}
        )[1]
