"""How a record came to its owner, said to a reader."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence
from fedele.people.assignment.dealing import Why
from fedele.people.assignment.models import Given

for key in Given.values:
    sentence(f"{key}.given", _("given to {owner} by the rule “{rule}”"), icon="user-check")
    sentence(
        f"{key}.given_for", _("given to {owner}, who stands in for {absent}, by the rule “{rule}”"), icon="user-check"
    )
    sentence(f"{key}.queued", _("left in the queue: {why}"), icon="inbox", why=Why)

for kind in ("rule", "absence", "capacity", "area"):
    sentence(f"{kind}.added", _("was added"), icon="plus")
    sentence(f"{kind}.edited", _("was changed"), icon="pencil")
    sentence(f"{kind}.removed", _("was removed"), icon="trash-2")
