"""Where mail and conversations stand in the menu."""

from django.utils.translation import gettext_lazy as _

from fedele.ui import menu

menu.personal_tab("letters", _("E-mail"), "own_letters", right=("create", "message"), order=30)
