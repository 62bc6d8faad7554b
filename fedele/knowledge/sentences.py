"""What happens to documents, said to a reader."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence

sentence("document.created", _("added the document"), icon="file-plus")
sentence("document.version_added", _("added version {number}"), icon="file-up")
sentence("document.version_chosen", _("made version {number} the one that holds"), icon="history")
