from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.ui import menu

menu.section("people", _("Customers"), order=10)

page(
    "privacy",
    _("Privacy"),
    icon="hourglass",
    url_name="setup_privacy",
    order=60,
    note=_("How long names are kept, the register of processing, who has seen whom"),
    urls="fedele.people.privacy.setup_urls",
)
