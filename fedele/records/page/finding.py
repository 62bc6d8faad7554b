"""The record an address names, for who may have it: what one may not see does not exist, what one may not do is refused."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fedele.records.beforehand import asked_beforehand
from fedele.records.declare import RecordType
from fedele.records.merging.leading import missing


def find(record_type: RecordType, pk: int, user: Any, right: str = "view", *, for_page: bool = False) -> Any:
    """The living record with its relations at hand; for its page with what `may_have` answers, too.

    Http404 when hidden or in the trash, as `Led` when it was merged into another; PermissionDenied without `right`.
    """
    records = record_type.model.objects.visible_to(user).select_related(*record_type.related())
    if for_page:
        records = records.annotate(**asked_beforehand(record_type))
    record = records.filter(pk=pk).first()
    if record is None:
        raise missing(record_type, pk, user)
    if not user.rights.covers(record, right):
        raise PermissionDenied(refusal(record))
    return record


def find_trashed(record_type: RecordType, pk: int, user: Any) -> Any | None:
    """The record in the trash, for who may restore it; None when there is none."""
    return record_type.model.objects.in_trash_of(user).select_related("owner").filter(pk=pk).first()


def refusal(record: Any) -> str:
    if record.owner is not None:
        return _("You may see this record but not change it. Ask %(owner)s.") % {"owner": record.owner}
    return _("You may see this record but not change it.")
