from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.ui import menu

menu.section("setup", "", order=95)
menu.entry("setup", "setup", _("Setup"), "setup", icon="settings", keys="g s", right="administrator")
menu.personal("profile", _("Profile and sign-in"), "profile", icon="user")
menu.personal("setup", _("Setup"), "setup", icon="settings", right="administrator")

page(
    "users",
    _("Users"),
    icon="users",
    url_name="setup_users",
    order=10,
    note=_("Invite colleagues, give them roles and a team"),
)
page(
    "teams",
    _("Teams"),
    icon="network",
    url_name="setup_teams",
    order=20,
    note=_("Who works with whom, and who manages whom"),
)
page(
    "roles",
    _("Roles"),
    icon="shield",
    url_name="setup_roles",
    order=30,
    note=_("What each job may see, change and export"),
)
page(
    "company",
    _("Company data"),
    icon="building-2",
    url_name="setup_company",
    order=40,
    note=_("Name, address, currency, fiscal year"),
)
page("numbering", _("Numbering"), icon="hash", url_name="setup_numbering", order=60, note=_("How records are numbered"))
page(
    "fields",
    _("Custom fields"),
    icon="text-cursor-input",
    url_name="setup_fields",
    order=70,
    note=_("What else your company wants to know"),
)
page("audit", _("Audit"), icon="scroll-text", url_name="setup_audit", order=80, note=_("Who did what, and when"))
page(
    "health",
    _("Health"),
    icon="heart-pulse",
    url_name="setup_health",
    order=90,
    note=_("Database, worker, mail, backups"),
)
