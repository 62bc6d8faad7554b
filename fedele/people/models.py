"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.people.assignment.models import Area, Handout, Rule
from fedele.people.assignment.presence import Absence, Capacity
from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact, Role
from fedele.people.handovers.models import Handover, Item
from fedele.people.leads.models import Lead
from fedele.people.lists.models import PurchasedList

__all__ = [
    "Absence",
    "Area",
    "Capacity",
    "Company",
    "Contact",
    "Handout",
    "Handover",
    "Item",
    "Lead",
    "PurchasedList",
    "Role",
    "Rule",
]
