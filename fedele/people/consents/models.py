from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.people.consents.purposes import Purpose
from fedele.people.consents.register.models import CheckedNumber, RegisterCheck, RegisterLine, RegisterRule
from fedele.people.consents.texts import ConsentText
from fedele.people.consents.words import Channel, Said, Source, Stand

__all__ = [
    "CheckedNumber", "Consent", "ConsentText", "PersonalLink", "Purpose", "RegisterCheck", "RegisterLine", "RegisterRule",
    "Standing", "Suppression",
]  # fmt: skip


class Unchangeable(TypeError):
    """Somebody tried to change or delete what may only be added to."""


class Appended(models.QuerySet[Any]):
    """Rows that are only ever added."""

    def update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__} rows are never changed; add a new one.")

    def delete(self) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__} rows are never deleted; add a new one.")

    bulk_update = update  # type: ignore[assignment]


class Kept(models.Model):
    """A row that nobody changes or deletes. What was wrong is followed by a row that is right."""

    objects = Appended.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(f"{type(self).__name__} rows are never changed; add a new one.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{type(self).__name__} rows are never deleted; add a new one.")


class Consent(Kept):
    """One thing a person said about being contacted: what, when, how we know, and who wrote it down."""

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    purpose = models.CharField(_("purpose"), max_length=20, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    said = models.CharField(_("answer"), max_length=10, choices=Said)
    text = models.ForeignKey(
        ConsentText, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("text agreed to")
    )
    source = models.CharField(_("how we know"), max_length=10, choices=Source)
    at = models.DateTimeField(_("said on"), default=timezone.now)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    proof = models.FileField(_("proof"), upload_to="proofs/%Y/%m", blank=True)
    proof_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    #: Of a consent: it was given by the person after, and knowing of, all that was refused before.
    overrides = models.BooleanField(default=False)
    #: What the public page knew of who answered there.
    evidence = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["record_type", "record_id", "id"], name="consent_of_record")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}: {self.said} {self.channel} {self.purpose}"

    @property
    def refuses(self) -> bool:
        return self.said != Said.GIVEN


class Suppression(Kept):
    """An address nobody wants to be reached at, as a keyed hash: whoever comes with it again is known, and nobody else is.

    It belongs to no record, so it survives their merging, deleting and erasing. A row with `refuses` false ends it.
    """

    hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=10, choices=Channel)
    purpose = models.CharField(max_length=20, blank=True)
    refuses = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=10, choices=Source, blank=True)
    #: The consent it follows from; 0 when that is not told.
    consent_id = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        indexes = [models.Index(fields=["hash", "id"], name="suppression_hash")]

    def __str__(self) -> str:
        return f"{self.channel} {self.hash[:8]}"


class Standing(models.Model):
    """How a record stands with a purpose and channel now: worked out of the two above, for lists to read."""

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    purpose = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    stand = models.CharField(max_length=3, choices=Stand)
    at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=Source, blank=True)
    #: Refused by somebody with the same address.
    by_address = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("state of consent")
        verbose_name_plural = _("states of consent")
        constraints = [
            models.UniqueConstraint(fields=["record_type", "record_id", "channel", "purpose"], name="standing_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}: {self.channel} {self.stand}"


class PersonalLink(models.Model):
    """Up to which generation the personal links of somebody are dead."""

    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    generation = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id"], name="personal_link_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}: {self.generation}"
