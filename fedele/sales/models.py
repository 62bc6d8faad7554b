"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.sales.opportunities.models import Opportunity
from fedele.sales.processes.models import Process, Stage

__all__ = ["Opportunity", "Process", "Stage"]
