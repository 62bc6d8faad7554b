"""Everything of this concept that others find by a declaration."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save

from fedele.people.consents import merging, noticing, reacting, sentences, showing  # noqa: F401 (declarations)
from fedele.people.consents.erasing import forget_details, keep_suppression
from fedele.people.consents.purposes import Purpose, forget_purposes, install
from fedele.people.consents.register.models import RegisterRule, forget_days
from fedele.people.privacy.erasing import before_erasing
from fedele.people.privacy.person import Person
from fedele.records.api.further import adds_router

for signal in (post_save, post_delete):
    signal.connect(forget_purposes, sender=Purpose)
    signal.connect(forget_days, sender=RegisterRule)
post_migrate.connect(install, sender=apps.get_app_config("people"))
adds_router("consents", "fedele.people.consents.api.router")


@before_erasing
def keep_refusals(person: Person) -> Any:
    """Who is erased still does not want to be contacted."""
    for record in person.records:
        keep_suppression(record)
        forget_details(record)
