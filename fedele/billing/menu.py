from django.utils.translation import gettext_lazy as _

from fedele.ui import menu

menu.section("billing", _("Billing"), order=50)
menu.entry("billing", "ageing", _("Overdue by age"), "ageing", "hourglass", right=("view", "openitem"), order=90)
