from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.ui import menu

menu.section("sales", _("Sales"), order=30)

page(
    "processes",
    _("Sales processes"),
    icon="square-kanban",
    url_name="processes",
    order=50,
    note=_("Stages, their probability and usual length"),
    urls="fedele.sales.processes.urls",
)
