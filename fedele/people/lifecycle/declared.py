"""What the concept declares, imported once when the department starts."""

from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence
from fedele.people.lifecycle import notices, reacting, showing  # noqa: F401 (declarations)
from fedele.people.lifecycle.phases import Phase
from fedele.people.lifecycle.rules import LifeCycleRules, forget_rules
from fedele.records.merging.rules import leaves

for signal in (post_save, post_delete):
    signal.connect(forget_rules, sender=LifeCycleRules)

# Worked out anew from what moves: opportunities, observations, open items.
leaves("people.lifecycle", "people.passage")

sentence("company.phase_changed", _("life cycle: now {phase}"), icon="refresh-cw", phase=Phase)
