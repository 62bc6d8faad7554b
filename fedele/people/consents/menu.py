from django.utils.translation import gettext_lazy as _

from fedele.ui import menu

menu.entry("people", "privacy", _("Privacy"), "/privacy/", icon="shield-check", keys="g y", right=("view", "consent"))
