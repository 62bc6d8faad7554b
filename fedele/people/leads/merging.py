"""How leads become one: the furthest along, unless somebody asked to be left alone."""

from __future__ import annotations

from typing import Any

from fedele.people.companies.merging import ADDRESS
from fedele.people.leads.life import DeadReason, LeadStage
from fedele.records.merging.rules import Merging

MERGING = Merging(
    distinct=("vat_number",),
    together=(ADDRESS,),
    ranks={
        "stage": (
            LeadStage.CONVERTED,
            LeadStage.HOT,
            LeadStage.LEAD,
            LeadStage.COLD,
            LeadStage.SUSPECT,
            LeadStage.DEAD,
        )
    },
    also=("stage",),
)


def settle_life(survivor: Any, others: list[Any]) -> None:
    """What goes with the stage: since when, why it died, what it became."""
    everybody = [survivor, *others]
    refused = next((one for one in everybody if one.dead_reason == DeadReason.REFUSED), None)
    converted = next((one for one in everybody if one.company_id or one.contact_id or one.converted_at), None)
    source = None
    if converted is not None:
        survivor.stage, source = LeadStage.CONVERTED, converted
        survivor.company, survivor.contact = converted.company, converted.contact
        survivor.converted_at = converted.converted_at
    elif refused is not None:
        survivor.stage, source = LeadStage.DEAD, refused
    else:
        source = next((one for one in others if one.stage == survivor.stage), None)
    if "stage" in survivor.changes() and source is not None:
        survivor.stage_since, survivor.dead_reason = source.stage_since, source.dead_reason
    if survivor.stage != LeadStage.DEAD:
        survivor.dead_reason = ""
