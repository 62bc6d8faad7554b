"""What the concept declares, imported once when the department starts."""

from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.access.roles import allow
from fedele.journal.sentences import sentence
from fedele.people.profiles import briefing, entering, notices, record, showing, today  # noqa: F401 (declarations)

for _said in ("observation", "agreement"):
    # Every department writes it, everybody reads it: that is what it is for.
    for _role in ("sales_rep", "sales_lead", "marketing", "service"):
        allow(_role, _said, view="all", edit="own", create="all", delete="own", export="own")
    for _role in ("director", "office"):
        allow(_role, _said, view="all", edit="all", create="all", delete="all", export="all")
    allow("technician", _said, view="all", edit="own", create="all", delete="own", export="none")

page(
    "profile",
    _("Profile checklist"),
    icon="list-checks",
    url_name="profile_checklist",
    order=55,
    note=_("What colleagues are reminded to ask of every customer"),
    urls="fedele.people.profiles.urls",
)

sentence("observation.created", _("noted something about the customer"), icon="notebook-pen")
sentence("agreement.created", _("noted an agreement"), icon="handshake")
sentence("agreement.kept", _("kept what was agreed"), icon="circle-check")
sentence("agreement.broken", _("the agreement was broken: {outcome}"), icon="circle-x")
sentence("agreement.put_off", _("gave more time, until {day}"), icon="calendar-clock")
sentence("agreement.reopened", _("opened the agreement again"), icon="rotate-ccw")
sentence("checklist.edited", _("changed the profile checklist"), icon="list-checks")
