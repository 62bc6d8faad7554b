"""All models of the department, for Django; each lives in its concept's folder."""

from fedele.people.assignment.models import Area, Handout, Rule
from fedele.people.assignment.presence import Absence, Capacity
from fedele.people.companies.models import Company
from fedele.people.consents.models import (
    CheckedNumber,
    Consent,
    ConsentText,
    PersonalLink,
    Purpose,
    RegisterCheck,
    RegisterLine,
    RegisterRule,
    Standing,
    Suppression,
)
from fedele.people.contacts.models import Contact, Role
from fedele.people.dossiers.models import Bundle
from fedele.people.duplicates.models import MatchKey
from fedele.people.duplicates.queue.models import ArchiveSearch, Proposal, ProposalGroup, PutOff
from fedele.people.handovers.models import Handover, Item
from fedele.people.leads.models import Lead
from fedele.people.lifecycle.models import LifeCycle, LifeCycleRules, Passage
from fedele.people.lists.models import PurchasedList
from fedele.people.privacy.models import Erasure, PrivacyRequest, RetentionRule
from fedele.people.profiles.models import Agreement, Asked, Observation

__all__ = [
    "Absence",
    "Agreement",
    "ArchiveSearch",
    "Area",
    "Asked",
    "Bundle",
    "Capacity",
    "CheckedNumber",
    "Company",
    "Consent",
    "ConsentText",
    "Contact",
    "Erasure",
    "Handout",
    "Handover",
    "Item",
    "Lead",
    "LifeCycle",
    "LifeCycleRules",
    "MatchKey",
    "Observation",
    "Passage",
    "PersonalLink",
    "PrivacyRequest",
    "Proposal",
    "ProposalGroup",
    "PurchasedList",
    "Purpose",
    "PutOff",
    "RegisterCheck",
    "RegisterLine",
    "RegisterRule",
    "RetentionRule",
    "Role",
    "Rule",
    "Standing",
    "Suppression",
]
