from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.models import Record, listed
from fedele.base.months import months_after
from fedele.base.verbs import Refused, verb


class PrivacyRequest(Record):
    """Somebody asks for what the law gives them: to see, correct, erase, restrict, carry away, object.

    The answer is due within a month, which can be made three where the matter is complex (GDPR, article 12.3).
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("see their data")
        PORTABILITY = "portability", _("carry their data away")
        RECTIFICATION = "rectification", _("correct their data")
        ERASURE = "erasure", _("erase their data")
        RESTRICTION = "restriction", _("restrict the use of their data")
        OBJECTION = "objection", _("be left alone")

    class State(models.TextChoices):
        OPEN = "open", _("to be answered")
        DONE = "done", _("fulfilled")
        REFUSED = "refused", _("turned down")

    numbering = "RP-{year}-{n:04}"
    timeline_of = ("contact", "lead")

    kind = models.CharField(_("asks to"), max_length=14, choices=Kind, default=Kind.ACCESS)
    name = models.CharField(
        _("who asks"), max_length=160, help_text=_("As they signed, also when nobody here is called so.")
    )
    contact = models.ForeignKey(
        "people.Contact", null=True, blank=True, on_delete=models.SET_NULL, related_name="privacy_requests",
        verbose_name=_("contact"), db_index=False,
    )  # fmt: skip
    lead = models.ForeignKey(
        "people.Lead", null=True, blank=True, on_delete=models.SET_NULL, related_name="privacy_requests",
        verbose_name=_("lead"), db_index=False,
    )  # fmt: skip
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    due_on = models.DateField(_("answer due on"), null=True, editable=False)
    identity = models.CharField(
        _("identity checked by"),
        max_length=200,
        blank=True,
        help_text=_("An identity card seen, an answer from the known address."),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN, editable=False)
    extended = models.BooleanField(_("extended"), default=False, editable=False)
    closed_on = models.DateField(_("answered on"), null=True, editable=False)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("privacy request")
        verbose_name_plural = _("privacy requests")
        indexes = [
            listed("privreq_state", "state", "due_on", "id"),
            listed("privreq_due", "due_on", "id"),
            listed("privreq_received", "received_on", "id"),
            listed("privreq_name", "name", "id"),
            listed("privreq_owner", "owner", "due_on"),
            listed("privreq_team", "team", "due_on"),
            listed("privreq_updated", "updated_at", "id"),
            listed("privreq_contact", "contact"),
            listed("privreq_lead", "lead"),
        ]

    def __str__(self) -> str:
        return self.name

    def settle(self) -> Any:
        """The day the answer is due follows from the day the request came."""
        self.received_on = self._meta.get_field("received_on").to_python(self.received_on)
        self.due_on = months_after(self.received_on, 3 if self.extended else 1)
        return super().settle()

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def can_be_extended(self) -> bool:
        return self.is_open and not self.extended

    @property
    def person(self) -> Any:
        return self.contact or self.lead

    @verb(_("Mark as fulfilled"), when="is_open", icon="check", key="c", primary=True, done=_("Request fulfilled"))
    def fulfil(self) -> None:
        if self.kind in (self.Kind.ACCESS, self.Kind.PORTABILITY, self.Kind.ERASURE) and not self.identity:
            raise Refused(_("Write down first how you made sure that it is really this person who asks."))
        self._close(self.State.DONE, "fulfilled")

    @verb(
        _("Turn down"),
        when="is_open",
        icon="ban",
        form="fedele.people.privacy.forms.ReasonForm",
        done=_("Request turned down"),
    )
    def refuse(self, reason: str) -> None:
        self._close(self.State.REFUSED, "refused", reason=reason)

    @verb(
        _("Extend by two months"), when="can_be_extended", icon="calendar-plus",
        form="fedele.people.privacy.forms.ReasonForm", done=_("Term extended"),
    )  # fmt: skip
    def extend(self, reason: str) -> None:
        """Once, with the reason the person is told (article 12.3)."""
        self.extended = True
        self.save(kind="extended", data={"reason": reason})

    def _close(self, state: str, kind: str, **data: Any) -> None:
        self.state, self.closed_on = state, timezone.localdate()
        self.save(kind=kind, data=data)


class Erasure(models.Model):
    """Somebody was erased. Says only what number they had, so that a restored backup forgets them again."""

    #: Not called record_type and record_id: rows that are go along when two records are merged, and these must not.
    of_type = models.CharField(max_length=40)
    of_id = models.BigIntegerField()
    number = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    #: {"entries", "mentions", "files", "rows"}: how much was made unreadable where.
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of_type", "of_id"], name="erased_once")]

    def __str__(self) -> str:
        return f"{self.of_type} {self.number}"


class RetentionRule(models.Model):
    """After so many months without a change, such names go: at once each night, or after somebody has looked."""

    class Act(models.TextChoices):
        PROPOSE = "propose", _("propose them for erasure")
        ERASE = "erase", _("erase them each night")

    name = models.CharField(_("name"), max_length=80)
    record_type = models.CharField(_("of"), max_length=20, choices=[("lead", _("leads")), ("contact", _("contacts"))])
    #: In the filter language of lists: "f=stage.in:dead".
    query = models.CharField(_("which"), max_length=500, blank=True)
    months = models.PositiveSmallIntegerField(_("months without a change"), default=24)
    purpose = models.CharField(_("what they were kept for"), max_length=200, blank=True)
    act = models.CharField(_("then"), max_length=8, choices=Act, default=Act.PROPOSE)
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
