"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.calendar.activities.models import Activity
from fedele.calendar.feeds.models import Feed
from fedele.calendar.hours.models import Closing, WorkingHours
from fedele.calendar.invitations.models import Invitation

__all__ = ["Activity", "Closing", "Feed", "Invitation", "WorkingHours"]
