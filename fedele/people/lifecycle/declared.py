"""What the concept declares, imported once when the department starts."""

from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from fedele.access.administration import page
from fedele.journal.sentences import sentence
from fedele.people.lifecycle import notices, reacting, setup, showing, today  # noqa: F401 (declarations)
from fedele.people.lifecycle.phases import Phase
from fedele.people.lifecycle.rules import LifeCycleRules, forget_rules
from fedele.records.merging.rules import leaves

for signal in (post_save, post_delete):
    signal.connect(forget_rules, sender=LifeCycleRules)

# Worked out anew from what moves: opportunities, observations, open items.
leaves("people.lifecycle", "people.passage")

page(
    "lifecycle",
    _("Life cycle of customers"),
    icon="refresh-cw",
    url_name="lifecycle_rules",
    order=56,
    note=_("When a customer is loyal, at risk or lost, and what to do then"),
    urls="fedele.people.lifecycle.setup_urls",
)

sentence("company.phase_changed", _("life cycle: now {phase}"), icon="refresh-cw", phase=Phase)
sentence("lifecycle.edited", _("changed the rules of the life cycle"), icon="refresh-cw")
