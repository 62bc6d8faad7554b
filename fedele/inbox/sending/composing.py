"""Where letters begin: above the timeline of a customer or of what is done for them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.inbox.sending.views import WRITTEN_ON
from fedele.records.adding import adds_composer


@adds_composer(
    *WRITTEN_ON,
    name="email",
    label=_("E-mail"),
    icon="mail",
    key="r",
    order=30,
    first_step=_("Send a presentation"),
)
def write_a_letter(record: Any, user: Any) -> str:
    return f"/mail/write/?on={record.record_type}:{record.pk}" if user.rights.may("create", "message") else ""
