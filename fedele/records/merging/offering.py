"""What merging adds to the page of a record: what went into it, and the entry of the menu. One statement, with the timeline's."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fedele.records.adding import EVERY, Banner, MenuEntry, adds_banners, adds_menu
from fedele.records.merging.apart import may_unmerge, until
from fedele.records.merging.leading import is_mergeable, merged_into
from fedele.records.registry import registry


@adds_banners(EVERY)
def merged_banner(record: Any, user: Any) -> list[Banner]:
    """For 30 days: from what it was merged. With the latest merge to be taken apart first."""
    found: dict[Any, list[str]] = {}
    for one in merged_into(record):
        if one.into_id == record.pk and timezone.now() < until(one.batch):
            found.setdefault(one.batch, []).append(str(one))
    may = bool(found) and may_unmerge(record, user)
    return [
        Banner(
            text=_("Merged from %(names)s.") % {"names": ", ".join([str(record), *reversed(names)])},
            url=f"{registry.of(record).url()}merge/{batch.pk}/apart/" if may else "",
            action=_("Take apart…") if may else "",
        )
        for batch, names in found.items()
    ]


@adds_menu(EVERY)
def merge_entry(record: Any, user: Any) -> list[MenuEntry]:
    if not is_mergeable(record.record_type) or not user.rights.may("delete", record.record_type):
        return []
    if not user.rights.may("edit", record.record_type):
        return []
    url = registry.of(record).url(record.pk, "merge")
    return [MenuEntry(_("Merge with…"), url, icon="merge", dialog=True)]
