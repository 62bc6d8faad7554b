"""What happens to activities, said to a reader."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fedele.calendar.activities.kinds import Kind, Outcome
from fedele.calendar.invitations.models import Answer
from fedele.journal.sentences import sentence, told_as
from fedele.records.page.types import story_type

sentence("activity.created", pgettext_lazy("what happened", "planned"), icon="calendar-plus")
sentence("activity.done", _("did: {what} · {outcome}"), icon="circle-check", what=Kind, outcome=Outcome)
sentence("activity.logged", _("wrote down: {what} · {outcome}"), icon="circle-check", what=Kind, outcome=Outcome)
told_as("activity.created", "activity.logged", when="outcome")
sentence("activity.postponed", _("moved to {day}"), icon="calendar-clock")
sentence("activity.series_ended", _("ended the series"), icon="calendar-x")
sentence("activity.series_shortened", _("ended the series before {day}"), icon="calendar-x")
sentence("activity.left_out", _("left {day} of the series out"), icon="calendar-x")
sentence("activity.called_off", _("called off: {reason}"), icon="calendar-x")
sentence("activity.reopened", _("planned again"), icon="rotate-ccw")
sentence("activity.handed_over", _("handed over to {owner}"), icon="forward")
sentence("activity.answered", pgettext_lazy("invitation", "{who}: {answer}"), icon="mail-question-mark", answer=Answer)
sentence("user.set_hours", _("set their working hours"), icon="clock")
sentence("user.dropped_hours", _("works the hours of the company again"), icon="clock")
for kind in ("hours", "closing"):
    sentence(f"{kind}.added", _("was added"), icon="plus")
    sentence(f"{kind}.edited", _("was changed"), icon="pencil")
    sentence(f"{kind}.removed", _("was removed"), icon="trash-2")
sentence("user.made_feed", _("made an address of their calendar"), icon="calendar-plus")
sentence("user.revoked_feed", _("revoked the address of their calendar"), icon="calendar-x")
sentence("activity.seen", _("has seen it"), icon="eye")
sentence("activity.stepped_in", _("took it over for {owner}"), icon="forward")
sentence("activity.came_back", _("came back from {owner}, who has left"), icon="undo-2")

#: Done as planned, or written down when it was over.
DONE = ("activity.done", "activity.created")
story_type("call", label=_("Calls"), icon="phone", kinds=DONE, where={"what": "call"}, department="calendar", order=20)
story_type(
    "visit", label=_("Visits"), icon="handshake", kinds=DONE, where={"what": "meeting"}, department="calendar", order=30
)
story_type(
    "activity", label=_("Activities"), icon="square-check", kinds=("activity.*",), department="calendar", order=40
)
