"""Roles of the house. What each may do with a record type is said by the department that owns the type."""

from django.utils.translation import gettext_lazy as _

from fedele.access.roles import role

role("administrator", _("Administrator"), is_administrator=True)
role("director", _("Director"))
role("sales_lead", _("Sales manager"))
role("sales_rep", _("Sales rep"))
role("marketing", _("Marketing"))
role("service", _("Customer service"))
role("technician", _("Technician"))
role("office", _("Back office"))
