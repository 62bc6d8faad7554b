from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.base.house import currency
from fedele.base.models import Record, listed
from fedele.billing.disputes.models import Dispute
from fedele.billing.open_items.paying import ItemKind, Payable
from fedele.journal.acting import acting
from fedele.people.companies.models import Company


class PaymentMethod(models.TextChoices):
    TRANSFER = "transfer", _("bank transfer")
    COLLECTION = "collection", _("bank collection (Ri.Ba.)")
    DEBIT = "debit", _("direct debit")
    CHEQUE = "cheque", _("cheque")
    CARD = "card", _("card")
    CASH = "cash", _("cash")
    OTHER = "other", _("other")


class OpenItem(Payable, Record):
    """A document, or an instalment of one, as the accounts know it."""

    # Thousands of rows of the accounts would bury what people did with a customer: its page shows them in a block.
    timeline_of = ()
    numbering = "PT-{n:06}"

    document = models.CharField(_("document number"), max_length=40)
    kind = models.CharField(_("document type"), max_length=12, choices=ItemKind, default=ItemKind.INVOICE)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="open_items", verbose_name=_("company"), db_index=False
    )
    company_code = models.CharField(
        _("VAT number or tax code"), max_length=20, blank=True, help_text=_("Of the company, as the accounts have it.")
    )
    currency = models.CharField(_("currency"), max_length=3, default=currency, editable=False)
    method = models.CharField(_("payment method"), max_length=12, choices=PaymentMethod, blank=True)
    order_ref = models.CharField(_("our order"), max_length=80, blank=True)
    reminders = models.PositiveSmallIntegerField(
        _("reminders sent"), default=0, validators=[MaxValueValidator(99)], help_text=_("The level of the last one.")
    )
    promised_on = models.DateField(_("payment promised for"), null=True, blank=True)
    dispute = models.ForeignKey(
        Dispute,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
        verbose_name=_("dispute"),
        db_index=False,
    )
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("open item")
        verbose_name_plural = _("open items")
        indexes = [
            listed("openitem_due", "due_on", "id"),
            listed("openitem_document", "document", "id"),
            listed("openitem_company", "company", "state", "due_on", "residual"),
            listed("openitem_same", "company", "document"),
            listed("openitem_state", "state", "due_on", "residual", "currency"),
            listed("openitem_owner", "owner", "state", "due_on"),
            listed("openitem_team", "team", "state", "due_on"),
            listed("openitem_residual", "residual", "id"),
            listed("openitem_dispute", "dispute", "id"),
            listed("openitem_updated", "updated_at", "id"),
            listed("openitem_created", "created_at", "id"),
        ]

    def __str__(self) -> str:
        return self.document

    def clean(self) -> None:
        super().clean()
        self.clean_payment()
        if self.dispute and self.company_id and self.dispute.company_id != self.company_id:
            raise ValidationError({"dispute": _("This dispute is with another company.")})

    def settle(self) -> tuple[str, dict[str, Any]] | None:
        was_gone = (getattr(self, "_read", None) or {}).get("is_gone", False)
        if self._state.adding and self.company_id and (self.owner_id is None or acting().door == "import"):
            # Whoever happens to bring the file in has not got the customers in it.
            self.owner_id, self.team_id = self.company.owner_id, self.company.team_id
        self.currency = (self.currency or currency()).strip().upper()
        self.settle_payment()
        if self.is_gone and not was_gone:
            return "closed", {"on": self.paid_on.isoformat() if self.paid_on else ""}
        return None
