"""A badge on the page of a name whose list does not allow to contact it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fedele.records.adding import adds_warnings


@adds_warnings("lead", "contact", "company")
def warn_of_origin(record: Any, user: Any) -> list[tuple[str, str]]:
    """The list comes with the record, so this asks the database nothing."""
    if record.origin_allows_contact:
        return []
    if record.origin_list.has_expired:
        return [("bad", _("Do not contact: its list has expired"))]
    return [("bad", _("Do not contact: its list is not ready"))]
