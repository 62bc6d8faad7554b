from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemKind(models.TextChoices):
    INVOICE = "invoice", _("invoice")
    CREDIT_NOTE = "credit_note", _("credit note")
    ADVANCE = "advance", _("advance payment")
    OTHER = "other", _("other document")


class PaymentState(models.TextChoices):
    OPEN = "open", pgettext_lazy("open item", "open")
    PART = "part", _("partly paid")
    PAID = "settled", _("settled")
    OVER = "over", _("paid too much")


#: What we owe the customer: these count against what is due.
CREDITS = (ItemKind.CREDIT_NOTE, ItemKind.ADVANCE)
ZERO = Decimal("0.00")


class Payable(models.Model):
    """What is to be paid and what of it was. The residual, its state and the days it took follow from these."""

    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, help_text=_("As on the document; of a credit note without sign.")
    )
    paid = models.DecimalField(_("paid"), max_digits=14, decimal_places=2, default=ZERO)
    #: Signed: what is missing; of a credit note or an advance below zero. Kept, so that sums are read from an index.
    residual = models.DecimalField(_("residual"), max_digits=14, decimal_places=2, null=True, editable=False)
    issued_on = models.DateField(_("document date"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True, help_text=_("Of several payments the last."))
    state = models.CharField(
        pgettext_lazy("open item", "state"),
        max_length=8,
        choices=PaymentState,
        default=PaymentState.OPEN,
        editable=False,
    )
    #: A complete export does not name it any more: to the accounts it is settled.
    is_gone = models.BooleanField(_("gone from the accounts"), default=False, editable=False)
    #: Of a settled item: from the document, and from the due day, to the payment. Below zero: before it was due.
    days_to_pay = models.IntegerField(_("days to payment"), null=True, editable=False)
    days_late = models.IntegerField(_("days late"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state != PaymentState.PAID

    @property
    def is_credit(self) -> bool:
        return self.kind in CREDITS  # type: ignore[attr-defined]

    @property
    def overdue_days(self) -> int:
        """Days since it was due, today; 0 when it is settled or not yet due. Never stored, so never stale."""
        late = (timezone.localdate() - self.due_on).days
        return max(late, 0) if self.is_open else 0

    def clean_payment(self) -> None:
        """Amount, paid and residual of one row of a file must agree where all three are given."""
        if self.amount is None or self.residual is None:
            return
        if not self._is_given("residual") or not self._is_given("paid"):
            return
        if abs(self._missing()) != abs(self.residual):
            raise ValidationError(
                {"residual": _("The amount less what was paid is %(found)s.") % {"found": self._missing()}}
            )

    def settle_payment(self) -> None:
        """A file that gives only the residual has told what was paid: the amount less the residual."""
        if self.residual is not None and self._is_given("residual") and not self._is_given("paid"):
            sign = -1 if self.amount < 0 else 1
            self.paid = self.amount - sign * abs(self.residual)
        if self.is_gone and self._is_given("paid") and self.paid != self.amount:
            self.is_gone = False
        if self.is_gone:
            self.paid = self.amount
        missing = self._missing()
        self.residual = -missing if self.is_credit else missing
        self.state = self._state_of(missing)
        self._date_payment()

    def _missing(self) -> Decimal:
        if self.is_credit:
            return abs(self.amount) - abs(self.paid)
        return self.amount - self.paid

    def _state_of(self, missing: Decimal) -> PaymentState:
        if not missing:
            return PaymentState.PAID
        if not self.paid:
            return PaymentState.OPEN
        return PaymentState.OVER if (missing < 0) != (self.amount < 0 and not self.is_credit) else PaymentState.PART

    def _date_payment(self) -> None:
        """What was open at the last look and is settled now, without a day, was paid by today. Days of the rest are unknown."""
        read: dict[str, Any] = getattr(self, "_read", None) or {}
        if self.state != PaymentState.PAID:
            self.days_to_pay = self.days_late = None
            return
        if self.paid_on is None and read and read.get("state") != PaymentState.PAID:
            self.paid_on = timezone.localdate()
        known = self.paid_on
        self.days_late = (known - self.due_on).days if known else None
        self.days_to_pay = (known - self.issued_on).days if known and self.issued_on else None

    def _is_given(self, name: str) -> bool:
        """Whether this write brings that amount: it differs from what was read, or the item is new and it is not nothing."""
        read = getattr(self, "_read", None)
        if read is None:
            return getattr(self, name) is not None if name == "residual" else bool(getattr(self, name))
        return bool(getattr(self, name) != read.get(name))
