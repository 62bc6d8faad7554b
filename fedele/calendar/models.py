"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.calendar.activities.models import Activity

__all__ = ["Activity"]
