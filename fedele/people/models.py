"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.people.companies.models import Company
from fedele.people.contacts.models import Contact, Role
from fedele.people.leads.models import Lead

__all__ = ["Company", "Contact", "Lead", "Role"]
