from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.people.assignment.access import may_sort
from fedele.people.assignment.queue import count_for
from fedele.ui import menu


def works_leads(user: Any) -> bool:
    return bool(user.rights.may("edit", "lead"))


menu.entry(
    "people",
    "assignment",
    _("Assignment"),
    "assignment_queue",
    icon="split",
    keys="g q",
    right=may_sort,
    badge=count_for,
    order=44,
)
menu.personal("names", _("Names given to me"), "assignment_mine", icon="user-check", right=works_leads)
menu.personal("absences", _("My absences"), "assignment_absences", icon="plane", right=works_leads)

page(
    "assignment",
    _("Assignment rules"),
    icon="split",
    url_name="assignment_rules",
    order=55,
    note=_("Who gets new names: rules, areas, absences"),
)
