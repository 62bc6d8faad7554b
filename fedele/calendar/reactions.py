"""What the calendar does when something happens elsewhere."""

from __future__ import annotations

from fedele.calendar.activities.models import Activity
from fedele.journal.models import Entry
from fedele.journal.writing import on


@on("lead.converted")
def follow_the_lead(entry: Entry) -> None:
    """What is planned or done with a lead belongs to the customer it became; taken back with the conversion."""
    lead = entry.record
    if lead is None or (lead.company_id is None and lead.contact_id is None):
        return
    own = Activity.objects.filter(lead=lead, trashed_at=None, company=None)
    own.bulk_change(company=lead.company, contact=lead.contact)
