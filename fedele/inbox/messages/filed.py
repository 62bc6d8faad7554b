"""Where mail belongs: on a company, a contact or a lead, and perhaps on a record of a later department."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from fedele.inbox.mailboxes.models import Mailbox
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact
from fedele.people.leads.models import Lead

CUSTOMERS = {"company": Company, "contact": Contact, "lead": Lead}


def seen_by(user: Any) -> Q:
    """The rule of `fedele/inbox/access.py` as a condition on messages and threads."""
    own = Q(mailbox__in=Mailbox.objects.visible_to(user).values("pk")) | Q(assigned_to=user)
    customers = Q()
    for name, model in CUSTOMERS.items():
        if user.rights.may("view", name):
            # One look at the record of each row, not a list of all records.
            customers |= Exists(model.objects.visible_to(user).filter(pk=OuterRef(f"{name}_id")))
    return own | (Q(is_confidential=False) & customers) if customers else own


class MailQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        if user is None or not user.is_active or not user.rights.may("view", "message"):
            return self.none()
        return self.filter(seen_by(user))

    def about(self, record: Any) -> Self:
        """Filed on this record, whose right to be seen the caller has checked."""
        key = record.record_type
        if key in CUSTOMERS:
            return self.filter(**{key: record.pk})
        return self.filter(about_type=key, about_id=record.pk)


def _customer(model: type[models.Model], label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        model,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(class)ss",
        verbose_name=label,
        db_index=False,
    )


class Filed(models.Model):
    company = _customer(Company, _("company"))
    contact = _customer(Contact, _("contact"))
    lead = _customer(Lead, _("lead"))
    #: A record of a later department it is about: ("opportunity", 12).
    about_type = models.CharField(max_length=40, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("who answers"),
    )  # fmt: skip
    #: Only for whose mailbox it is and who answers, though it is filed.
    is_confidential = models.BooleanField(_("confidential"), default=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def customer(self) -> Any:
        """The record whose timeline tells of it first: the person before the firm. None while it is not filed."""
        return self.contact or self.lead or self.company

    def place_on(self, record: Any) -> None:
        """On a record of any type, and on the customer behind it; not stored yet."""
        key = record.record_type
        if key in CUSTOMERS:
            setattr(self, key, record)
        else:
            self.about_type, self.about_id = key, record.pk
            self.contact_id = getattr(record, "contact_id", None) or self.contact_id
            self.company_id = getattr(record, "company_id", None) or self.company_id
        if key in ("contact", "lead") and record.company_id:
            self.company_id = record.company_id

    def places(self) -> dict[str, Any]:
        names = ("company_id", "contact_id", "lead_id", "about_type", "about_id")
        return {name: getattr(self, name) for name in names}
