from django.utils.translation import gettext_lazy as _

from fedele.ui import menu

menu.section("calendar", _("Calendar"), order=20)
