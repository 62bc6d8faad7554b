"""What sales does when something happens elsewhere."""

from __future__ import annotations

from decimal import Decimal

from fedele.journal.models import Entry
from fedele.journal.writing import on
from fedele.sales.opportunities.models import Opportunity


@on("lead.converted")
def open_opportunity(entry: Entry) -> None:
    """A converted lead opens an opportunity when the conversion asked for one; inside the same transaction."""
    wanted = entry.data.get("opportunity")
    lead = entry.record
    if not wanted or lead is None or lead.company is None:
        return
    # A conversion that was taken back left its opportunity in the trash; the lead is free for a new one.
    Opportunity.objects.filter(lead=lead, trashed_at__isnull=False).update(lead=None)
    opportunity = Opportunity(
        name=wanted["name"],
        amount=Decimal(wanted["amount"] or "0"),
        company=lead.company,
        contact=lead.contact,
        lead=lead,
        owner=lead.owner,
        team=lead.team,
        needs=lead.interest,
    )
    opportunity.save(data={"lead": str(lead.number)})
    opportunity.inherit_history_of(lead)
