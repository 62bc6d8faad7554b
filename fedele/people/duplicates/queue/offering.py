"""What can be done about a group, for this user: merge those of one type, tell them apart, put off, link to who is known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fedele.people.duplicates.engine import Reason
from fedele.people.duplicates.queue.comparing import Line, lines_of, standing_of
from fedele.people.duplicates.queue.models import Proposal, Ref
from fedele.people.duplicates.queue.reading import Group
from fedele.records.registry import registry

#: So many records are merged at once, and stand beside each other.
MOST = 5
#: What differs of somebody who moved, and says little about who it is.
MOVED = frozenset({"other_street", "other_number", "other_city", "other_postcode", "other_province"})
#: Reasons told of a group; the others say no more.
TOLD = 6


@dataclass
class Column:
    record: Any
    label: str
    icon: str
    url: str
    standing: list[str]
    #: The proposals that hold it in the group.
    pairs: str = ""


@dataclass
class Offer:
    """A group as the page draws it."""

    group: Group
    title: str
    columns: list[Column]
    lines: list[Line]
    reasons: list[Reason]
    #: Records of the group that do not stand beside the others.
    more: int = 0
    merge_url: str = ""
    merge_label: str = ""
    apart: str = ""
    link_url: str = ""
    link_label: str = ""
    #: Some of it is certain and can be merged without looking.
    is_certain: bool = False


def offer_of(group: Group, user: Any, back: str) -> Offer:
    shown = group.records[:MOST]
    may = {(one.record_type, one.pk): user.rights.covers(one, "edit") for one in group.records}
    decidable = [one for one in group.proposals if all(may[ref] for ref in one.refs)]
    offer = Offer(
        group,
        title=title_of(group.records),
        columns=[_column(record, decidable, user) for record in shown],
        lines=lines_of(shown, user),
        reasons=reasons_of(group.proposals),
        more=len(group.records) - len(shown),
        apart=",".join(str(one.pk) for one in decidable),
        is_certain=bool(surely_one(group, user)),
    )
    _offer_merge(offer, shown, user, back)
    _offer_link(offer, {(one.record_type, one.pk): one for one in shown if may[one.record_type, one.pk]})
    return offer


def _column(record: Any, decidable: list[Proposal], user: Any) -> Column:
    record_type = registry.of(record)
    own = [str(one.pk) for one in decidable if (record.record_type, record.pk) in one.refs]
    label = capfirst(str(record_type.label))
    url, standing = record_type.url(record.pk), standing_of(record, user)
    return Column(record, label, record_type.icon, url, standing, ",".join(own))


def title_of(records: list[Any]) -> str:
    """2 leads, 1 contact."""
    counts: dict[str, int] = defaultdict(int)
    for record in records:
        counts[record.record_type] += 1
    return ", ".join(counted(key, number) for key, number in counts.items())


def counted(key: str, number: int) -> str:
    record_type = registry.by_key(key)
    return f"{number} {record_type.label if number == 1 else record_type.plural}"


def reasons_of(proposals: list[Proposal]) -> list[Reason]:
    """Each once, those of the most alike pair first, what speaks against it last."""
    told: dict[str, Reason] = {}
    for one in proposals:
        for kept in one.reasons:
            told.setdefault(kept[0], Reason(*kept))
    return sorted(told.values(), key=lambda reason: reason.is_against)[:TOLD]


def mergeable(records: list[Any], user: Any) -> list[Any]:
    """Those of the type of which there are most, if the user may change and remove them; fewer than two are none."""
    by_type: dict[str, list[Any]] = defaultdict(list)
    for one in records:
        if user.rights.covers(one, "edit") and user.rights.covers(one, "delete"):
            by_type[one.record_type].append(one)
    most = max(by_type.values(), key=len, default=[])
    return most[:MOST] if len(most) > 1 else []


def surely_one(group: Group, user: Any) -> list[Any]:
    """Its mergeable records that hang together by certain pairs of which nothing speaks against; fewer than two are none."""
    sure = {ref for one in group.proposals if one.is_sure and not _is_contradicted(one) for ref in one.refs}
    return mergeable([one for one in group.records if (one.record_type, one.pk) in sure], user) if sure else []


def _is_contradicted(proposal: Proposal) -> bool:
    """Another mailbox or another firm: certain or not, somebody should look before the two are merged."""
    codes = {kept[0] for kept in proposal.reasons}
    return any(code.startswith("other_") and code not in MOVED for code in codes)


def _offer_merge(offer: Offer, records: list[Any], user: Any, back: str) -> None:
    ones = mergeable(records, user)
    if ones:
        query = urlencode({"ids": ",".join(str(one.pk) for one in ones), "next": back})
        offer.merge_url = f"{registry.of(ones[0]).url()}merge/?{query}"
        part = len(ones) < len(offer.group.records)
        offer.merge_label = (
            _("Merge %(what)s") % {"what": counted(ones[0].record_type, len(ones))} if part else _("Merge")
        )


def _offer_link(offer: Offer, records: dict[Ref, Any]) -> None:
    """A lead of whom somebody is known already is converted onto them."""
    lead = next((one for (key, _pk), one in records.items() if key == "lead" and one.is_open), None)
    known = {key: pk for key, pk in records if key != "lead"}
    if lead is None or not known:
        return
    contact = records.get(("contact", known.get("contact", 0)))
    if contact is not None and contact.company_id and "company" not in known:
        known["company"] = contact.company_id
    offer.link_url = f"{registry.of(lead).url(lead.pk)}convert/?{urlencode(known)}"
    offer.link_label = _("Convert onto the known one")
