"""First steps of who sets Fedele up."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.access.models import User
from fedele.people.models import Company
from fedele.records.today.guide import guided_step
from fedele.setup.models import Company as House


@guided_step(
    _("Say what your company is called"), note=_("Name, address and currency stand on every document."),
    url="/setup/company/", order=10, right="administrator",
)  # fmt: skip
def has_a_name(_user: Any) -> Any:
    return House.objects.exclude(name="")


@guided_step(
    _("Bring in your customers"), note=_("From any table or address book, without doubles; or write down the first by hand."),
    url="/import/", order=20, right="administrator",
)  # fmt: skip
def has_customers(_user: Any) -> Any:
    return Company.objects.filter(trashed_at=None)


@guided_step(
    _("Invite your colleagues"), note=_("Each with their role: what they see and do follows from it."),
    url="/setup/users/", order=30, right="administrator",
)  # fmt: skip
def has_colleagues(user: Any) -> Any:
    return User.objects.filter(is_active=True).exclude(pk=user.pk)
