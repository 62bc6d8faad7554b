"""What happens in this department, said to a reader."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence
from fedele.records.page.types import story_type

sentence("openitem.closed", _("settled: the accounts do not name it any more"), icon="circle-check")
sentence("dispute.created", _("opened the dispute"), icon="scale")
sentence("dispute.reviewed", _("took it up"), icon="search-check")
sentence("dispute.agreed", _("agreed with the customer: {outcome}"), icon="handshake")
sentence("dispute.credited", _("closed with a credit: {outcome}"), icon="receipt")
sentence("dispute.rejected", _("rejected: {outcome}"), icon="circle-x")
sentence("dispute.closed", _("closed the dispute: {outcome}"), icon="circle-check")
sentence("dispute.stepped", _("step done: {next_step}"), icon="check")
sentence("dispute.put_off", _("next step moved to {next_step_on}"), icon="calendar-clock")
sentence("dispute.reopened", _("opened it again"), icon="rotate-ccw")
sentence("dispute.file_added", _("attached {name}"), icon="paperclip")
sentence("dispute.file_removed", _("took away {name}"), icon="paperclip")

story_type("dispute", label=_("Disputes"), icon="scale", kinds=("dispute.*",), department="billing", order=70)
