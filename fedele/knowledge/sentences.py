"""What happens to documents, said to a reader."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence
from fedele.records.page.types import story_type

sentence("document.created", _("added the document"), icon="file-plus")
sentence("document.version_added", _("added version {number}"), icon="file-up")
sentence("categories.edited", _("changed the categories of documents"), icon="folder-tree")
sentence("document.version_chosen", _("made version {number} the one that holds"), icon="history")

story_type("document", label=_("Documents"), icon="file-text", kinds=("document.*",), department="knowledge", order=60)
