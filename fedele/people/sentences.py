"""What happens in this department, said to a reader."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence
from fedele.people.leads.life import DeadReason
from fedele.records.page.types import story_type

sentence("company.became_customer", _("became a customer"), icon="handshake")
sentence("contact.took_role", _("took a role at {company}"), icon="briefcase")
sentence("contact.left_role", _("no longer has a role at {company}"), icon="briefcase")
sentence("lead.qualified", _("showed interest: now to be worked"), icon="sprout")
sentence("lead.warmed", _("became hot"), icon="flame")
sentence("lead.cooled", _("set aside, to be cultivated"), icon="snowflake")
sentence("lead.died", _("closed as dead: {reason}"), icon="circle-off", reason=DeadReason)
sentence("lead.revived", _("brought back among the cold leads"), icon="rotate-ccw")
sentence("lead.converted", _("converted"), icon="arrow-right-left")
sentence("purchasedlist.declared_ready", _("declared ready: its names may be contacted"), icon="shield-check")
sentence("purchasedlist.suspended", _("stopped the contacts with its names"), icon="circle-pause")

story_type(
    "profile",
    label=_("Profile and agreements"),
    icon="notebook-pen",
    kinds=("observation.*", "agreement.*"),
    department="people",
    order=60,
)
