"""The profile where people look at the customer: a block to read and to add a line to, and warnings of promises gone by."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fedele.people.profiles.checklist import asked
from fedele.people.profiles.kinds import LEVELS, MARKS, FactKind
from fedele.people.profiles.models import Side
from fedele.people.profiles.reading import Saying, profile_of
from fedele.records.adding import adds_panel, adds_tiles, adds_warnings
from fedele.records.registry import registry

ABOUT = ("company", "contact", "lead")
#: Agreements the block names.
SHOWN = 6


@adds_warnings(*ABOUT)
def warn_of_promises(about: Any, user: Any) -> list[tuple[str, str]]:
    profile = profile_of(about, user)
    late = profile.late if profile else []
    if not late:
        return []
    ours = sum(one.kind == Side.US for one in late)
    found = []
    if ours:
        found.append(
            ("bad", ngettext("a promise of ours is late", "%(n)s promises of ours are late", ours) % {"n": ours})
        )
    if theirs := len(late) - ours:
        words = ngettext("a promise of theirs is late", "%(n)s promises of theirs are late", theirs) % {"n": theirs}
        found.append(("warn", words))
    return found


@adds_tiles(*ABOUT)
def agreed(about: Any, user: Any) -> list[dict[str, Any]]:
    """How many promises are open, and the next of each side; that there is none is told of whom something is known."""
    profile = profile_of(about, user)
    if profile is None or not user.rights.may("view", "agreement"):
        return []
    tile = {"label": _("Open agreements"), "value": str(len(profile.agreements)), "order": 90}
    if not profile.agreements:
        return [tile] if profile.known or profile.kept or profile.broken else []
    first, agreements = profile.agreements[0], registry.by_key("agreement")
    of = f"f={about.record_type}.in:{about.pk}&f=state.in:open&edited=1"
    # A lead has few, and lists cannot be asked for those of one.
    url = agreements.url(first.pk) if about.record_type == "lead" else f"{agreements.url()}?{of}"
    named, note = _of_each_side(profile.agreements)
    return [{**tile, "named": named, "note": note, "url": url, "level": "bad" if profile.late else ""}]


def _of_each_side(agreements: list[Saying]) -> tuple[str, str]:
    """The next promise of ours and the next of theirs; "" where a side has promised nothing."""
    next_of = {one.kind: one for one in reversed(agreements)}
    said = [f"{side.label}: {next_of[side].text}" for side in (Side.US, Side.THEM) if side in next_of]
    return said[0], "".join(said[1:])


@adds_panel(*ABOUT, template="people/profiles/_profile.html", order=13)
def block_of(about: Any, user: Any) -> dict[str, Any] | None:
    profile = profile_of(about, user)
    if profile is None:
        return None
    observations, agreements = registry.by_key("observation"), registry.by_key("agreement")
    of = f"f={about.record_type}.in:{about.pk}"
    return {
        "profile": profile,
        "agreements": profile.agreements[:SHOWN],
        "known": [(FactKind(kind), known, _figures(kind, known)) for kind, known in profile.known.items()],
        "missing": [FactKind(kind) for kind in profile.missing(asked())],
        "agreement_type": agreements,
        "observation_type": observations,
        # A lead has few, and lists cannot be asked for those of one.
        "all_url": f"{observations.url()}?{of}&edited=1" if about.record_type != "lead" else "",
        "agreements_url": f"{agreements.url()}?{of}&edited=1" if about.record_type != "lead" else "",
        "kinds": _offered(),
        "may_add": user.rights.may("create", "observation"),
    }


def _figures(kind: str, known: Any) -> list[Any]:
    """What the last times said, where it is a scale: a row that shows which way it goes."""
    return known.row if kind in (*LEVELS, *MARKS, FactKind.SHARE) and len(known.row) > 1 else []


def _offered() -> list[tuple[str, str]]:
    promises = [("agreement", _("agreement: our promise")), ("theirs", _("agreement: their promise"))]
    return [*promises, *((kind.value, str(kind.label)) for kind in FactKind)]
