"""What happened in setup, as sentences of the audit."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence

for kind in ("team", "role", "own_company", "numbering", "customfield", "process"):
    sentence(f"{kind}.added", _("was added"), icon="plus")
    sentence(f"{kind}.edited", _("was changed"), icon="pencil")
    sentence(f"{kind}.removed", _("was removed"), icon="trash-2")
sentence("role.reset", _("reset to the default of the product"), icon="rotate-ccw")
