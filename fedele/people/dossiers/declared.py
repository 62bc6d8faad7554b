"""What the concept declares, imported once when the department starts."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence
from fedele.people.dossiers import many, views  # noqa: F401 (declarations)
from fedele.people.dossiers.gathering import KEYS

for _key in KEYS:
    sentence(f"{_key}.dossier_taken", _("took the dossier out as a PDF"), icon="file-down")
