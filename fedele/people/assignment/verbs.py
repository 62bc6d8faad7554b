from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import Refused, verb
from fedele.records.registry import registry


class Assignable(models.Model):
    """Given by the rules, to whoever they name; one by one from its page, or many at once from the list."""

    class Meta:
        abstract = True

    @property
    def can_be_dealt(self) -> bool:
        return self.is_open and self.is_alive  # type: ignore[attr-defined,no-any-return]

    @verb(_("Assign by the rules"), when="can_be_dealt", bulk=True, icon="split", done=_("Assigned by the rules"))
    def deal(self) -> None:
        """Raises `Refused` when no rule gives it to anybody. Whoever has it already may keep it."""
        from fedele.people.assignment.dealing import Dealer, Why, rules_for
        from fedele.people.assignment.giving import Gave, give_some

        record: Any = self
        with transaction.atomic():
            dealer = Dealer(record.record_type, rules_for(record.record_type, lock=True))
            deal = dealer.deal(record)
            if deal.user is None:
                raise Refused(_("Not assigned: %(why)s.") % {"why": Why(deal.why).label})
            give_some(registry.by_key(record.record_type), {record.pk: deal}, None, Gave())
            dealer.keep()
        self.refresh_from_db()
