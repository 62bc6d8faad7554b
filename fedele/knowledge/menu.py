from django.utils.translation import gettext_lazy as _

from fedele.ui import menu

menu.section("knowledge", _("Knowledge"), order=60)
