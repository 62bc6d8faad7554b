"""What happens to a record that is handed over, said to a reader."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence

sentence("*.handed_over", _("handed over by {giver} to {owner}"), icon="arrow-right-left")
sentence("*.taken_over", _("read the briefing and took it over"), icon="handshake")
