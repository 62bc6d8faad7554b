"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.billing.disputes.models import Dispute
from fedele.billing.open_items.models import OpenItem

__all__ = ["Dispute", "OpenItem"]
