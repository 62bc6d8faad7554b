from django.utils.translation import gettext_lazy as _

from fedele.people.consents.hub import add_door
from fedele.ui import menu

menu.entry(
    "people", "privacy", _("Privacy"), "/privacy/", icon="shield-check", keys="g y", right=("view", "consent"), order=90
)
add_door(
    _("Privacy requests"),
    _("Who asked to see, correct or erase their data, and by when the answer is due"),
    "/privacy-requests/",
    "user-search",
    lambda user: user.rights.may("view", "privacyrequest"),
)
add_door(
    _("Periods, register of processing, who has seen whom"),
    _("How long names are kept, and what the company must be able to account for"),
    "/setup/privacy/",
    "hourglass",
    lambda user: user.is_administrator,
)
