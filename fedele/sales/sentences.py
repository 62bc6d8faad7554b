"""What happens in this department, said to a reader."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence
from fedele.records.page.types import story_type
from fedele.sales.opportunities.winning import LossReason

sentence("opportunity.created", _("opened"), icon="plus")
sentence("opportunity.moved", _("moved from {from} to {stage}"), icon="move-right")
sentence("opportunity.won", _("won: {amount}"), icon="trophy")
sentence("opportunity.lost", _("lost: {reason}"), icon="circle-x", reason=LossReason)
sentence("opportunity.stepped", _("step done: {next_step}"), icon="check")
sentence("opportunity.put_off", _("next step moved to {next_step_on}"), icon="calendar-clock")
sentence("opportunity.reopened", _("open again"), icon="rotate-ccw")

story_type(
    "opportunity", label=_("Opportunities"), icon="target", kinds=("opportunity.*",), department="sales", order=50
)
