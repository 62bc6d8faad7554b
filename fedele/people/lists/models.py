from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fedele.base.models import Record, Refused, listed, verb


class ListKind(models.TextChoices):
    BOUGHT = "bought", _("bought")
    FAIR = "fair", _("fair or event")
    WEB = "web", _("web site")
    PARTNER = "partner", _("partner or agent")
    PUBLIC = "public", _("public register")
    OWN = "own", _("our own archive")
    OTHER = "other", _("other")


class LegalBasis(models.TextChoices):
    CONSENT = "consent", _("consent of the person")
    INTEREST = "interest", _("legitimate interest")
    SOFT_SPAM = "soft_spam", _("customers, for similar products (soft spam)")
    CONTRACT = "contract", _("contract or its preparation")
    REGISTER = "register", _("public register or directory")


class ListState(models.TextChoices):
    INCOMPLETE = "incomplete", _("not to be contacted")
    READY = "ready", _("ready")


class PurchasedList(Record):
    """A list of names as it was received, with what makes it lawful to contact them."""

    numbering = "EL-{n:04}"

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=ListKind, default=ListKind.BOUGHT)
    vendor = models.CharField(
        _("vendor or source"), max_length=200, blank=True, help_text=_("Who gave it to us, or where it was collected.")
    )
    received_on = models.DateField(_("date received"), null=True, blank=True, default=timezone.localdate)
    cost = models.DecimalField(
        _("cost"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    legal_basis = models.CharField(
        _("legal basis"),
        max_length=10,
        choices=LegalBasis,
        blank=True,
        help_text=_("What allows us to contact these people."),
    )
    notice_on = models.DateField(
        _("notice given on"),
        null=True,
        blank=True,
        help_text=_("When the people were told who has their data and why (art. 14 GDPR)."),
    )
    consent_text = models.TextField(
        _("text of consent or notice"), blank=True, help_text=_("The words the people read, with their version.")
    )
    proof = models.TextField(
        _("proof"), blank=True, help_text=_("Contract, receipt or file that proves it, and where it is kept.")
    )
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("After this day nobody on it is contacted.")
    )
    notes = models.TextField(_("notes"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ListState, default=ListState.INCOMPLETE, editable=False)
    #: Living records that came in new with it; kept by counting.py at every write.
    names = models.PositiveIntegerField(_("names"), default=0, editable=False)

    class Meta:
        verbose_name = _("list of names")
        verbose_name_plural = _("lists of names")
        indexes = [
            listed("purchasedlist_name", "name", "id"),
            listed("purchasedlist_received", "received_on", "id"),
            listed("purchasedlist_owner", "owner", "name"),
            listed("purchasedlist_team", "team", "name"),
            listed("purchasedlist_kind", "kind", "name"),
            listed("purchasedlist_state", "state", "name"),
            listed("purchasedlist_updated", "updated_at", "id"),
            listed("purchasedlist_created", "created_at", "id"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_incomplete(self) -> bool:
        return self.state != ListState.READY

    @property
    def is_ready(self) -> bool:
        return self.state == ListState.READY

    @property
    def has_expired(self) -> bool:
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @property
    def is_contactable(self) -> bool:
        """May the names on it be contacted, as far as the list is concerned?"""
        return self.is_ready and not self.has_expired and not self.is_trashed

    @property
    def cost_per_name(self) -> Decimal | None:
        """Cost divided by the names that came in new and are still there; None without either."""
        return self.cost / self.names if self.cost is not None and self.names else None

    def missing(self) -> list[str]:
        """What is to be filled in before anybody on it may be contacted."""
        wanted = ("vendor", "received_on", "legal_basis", "notice_on")
        return [str(self._meta.get_field(name).verbose_name) for name in wanted if not getattr(self, name)]  # type: ignore[union-attr]

    @verb(
        _("Declare ready"),
        when="is_incomplete",
        icon="shield-check",
        primary=True,
        done=_("Its names may be contacted"),
    )
    def declare_ready(self) -> None:
        """From now on the names on it may be contacted."""
        if missing := self.missing():
            raise Refused(capfirst(_("fill in first: %(fields)s.") % {"fields": ", ".join(missing)}))
        with transaction.atomic():
            self.state = ListState.READY
            self.save(kind="declared_ready")

    @verb(_("Stop contacts"), when="is_ready", icon="circle-pause", done=_("Nobody on it is contacted any more"))
    def suspend(self) -> None:
        with transaction.atomic():
            self.state = ListState.INCOMPLETE
            self.save(kind="suspended")

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        """Who empties the legal basis of a ready list stops its contacts."""
        if self.is_ready and self.missing():
            self.state = ListState.INCOMPLETE
            return "suspended", {}
        return None
