from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.base.models import Record, listed
from fedele.calendar.activities.asking import Askable
from fedele.calendar.activities.doing import Doable
from fedele.calendar.activities.kinds import Kind, State
from fedele.calendar.activities.moving import Movable
from fedele.calendar.activities.planning import Planned
from fedele.calendar.activities.privacy import Private
from fedele.calendar.activities.repeating import Repeating
from fedele.calendar.activities.spanning import Spanning
from fedele.journal.acting import acting
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead

#: Asked by somebody, and not seen.
ASKED = models.Q(asked_by__isnull=False, seen_at=None, trashed_at=None)
#: What was done, whose newest is looked for on every page of a customer.
DONE = models.Q(trashed_at__isnull=True, state="done")


class Activity(Planned, Spanning, Repeating, Private, Doable, Askable, Movable, Record):
    """Something to be done for a customer, or done."""

    numbering = "AT-{n:06}"
    timeline_of = ("company", "contact", "lead")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TASK)
    subject = models.CharField(_("what"), max_length=200)
    company = models.ForeignKey(
        Company,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="activities",
        verbose_name=_("company"),
        db_index=False,
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="activities",
        verbose_name=_("contact"),
        db_index=False,
    )
    lead = models.ForeignKey(
        Lead,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="activities",
        verbose_name=_("lead"),
        db_index=False,
    )
    #: A record of a later department it is about: ("opportunity", 12).
    about_type = models.CharField(max_length=40, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, editable=False)
    urgent = models.BooleanField(_("urgent"), default=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    #: The minutes it really took; `minutes` are those it was planned for.
    spent = models.PositiveIntegerField(
        _("time spent, minutes"), null=True, blank=True, validators=[MaxValueValidator(60_000)]
    )
    kilometres = models.PositiveIntegerField(_("kilometres"), null=True, blank=True)
    costs = models.DecimalField(
        _("costs"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    notes = models.TextField(_("notes"), blank=True)
    #: Who asked somebody else to do it, and when that person said they saw it.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked on"), null=True, editable=False)
    seen_at = models.DateTimeField(_("seen"), null=True, editable=False)
    #: When whose it is will be told once more, as they have not said that they saw it; None when told, or not needed.
    press_at = models.DateTimeField(null=True, editable=False)
    #: The one whose outcome this follows from.
    previous = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="following",
        verbose_name=_("follows from"),
        db_index=False,
    )

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [
            listed("activity_owner", "owner", "state", "due_on", "due_at", "id"),
            listed("activity_team", "team", "state", "due_on", "id"),
            listed("activity_due", "due_on", "id"),
            listed("activity_ends", "ends_on", "id"),
            listed("activity_over", "state", "ends_on", "id"),
            listed("activity_late", "owner", "state", "ends_on", "id"),
            listed("activity_state", "state", "due_on", "id"),
            listed("activity_company", "company", "state", "due_on", "id"),
            listed("activity_contact", "contact", "state", "due_on", "id"),
            listed("activity_lead", "lead", "state", "due_on", "id"),
            listed("activity_about", "about_type", "about_id", "state", "due_on", "id"),
            listed("activity_kind", "kind", "due_on", "id"),
            listed("activity_subject", "subject", "id"),
            listed("activity_updated", "updated_at", "id"),
            listed("activity_created", "created_at", "id"),
            listed("activity_done", "done_at", "id"),
            listed("activity_asked", "asked_by", "state", "due_on", "id"),
            listed("activity_doings", "owner", "state", "done_at"),
            models.Index(fields=["owner", "state", "id"], name="activity_unseen", condition=ASKED),
            models.Index(
                fields=["owner", "until_on"], name="activity_until", condition=models.Q(until_on__isnull=False)
            ),
            models.Index(
                fields=["owner", "due_on"],
                name="activity_series",
                condition=models.Q(trashed_at=None, state="planned") & ~models.Q(repeats=""),
            ),
            models.Index(fields=["owner"], name="activity_private", condition=models.Q(private=True)),
            models.Index(fields=["remind_at"], name="activity_remind", condition=models.Q(remind_at__isnull=False)),
            models.Index(fields=["press_at"], name="activity_press", condition=models.Q(press_at__isnull=False)),
            *(
                models.Index(fields=[name, "-done_at"], name=f"activity_{name}_done", condition=DONE)
                for name in ("company", "contact", "lead")
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_planned(self) -> bool:
        return self.state == State.PLANNED

    @property
    def is_over(self) -> bool:
        return self.state != State.PLANNED

    def clean(self) -> None:
        super().clean()
        if self.due_at and not self.due_on:
            raise ValidationError({"due_on": _("A time needs a day.")})
        self.check_series()
        self.check_end()
        self.check_privacy()

    def timelines(self) -> list[tuple[str, int]]:
        about = [(self.about_type, self.about_id)] if self.about_type and self.about_id else []
        return [*super().timelines(), *about]

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        """The customer follows from the person or lead, the reminder from the day, and who asks from whose it is."""
        read = getattr(self, "_read", None) or {}
        # Who takes the customer away, or takes back that it was set, means it.
        if self.company_id is None and not read.get("company_id"):
            if self.contact is not None:
                self.company_id = self.contact.company_id
            elif self.lead is not None:
                self.company_id = self.lead.company_id
        before = read or {"owner_id": self.owner_id if self.is_over else None}
        is_given = before.get("owner_id", self.owner_id) != self.owner_id
        # Who takes a handing over back puts back who had asked, too.
        asks = is_given and before.get("asked_by_id") == self.asked_by_id and acting().door in ("screen", "api")
        if asks and not getattr(self, "_keeps_asker", False):
            self.settle_asking()
        if not self.is_unseen:
            self.press_at = None
        self.settle_reminder()
        # What is written down when it is over was never planned.
        return ("created", {"what": self.kind, "outcome": self.outcome}) if self.is_over and not read else None
