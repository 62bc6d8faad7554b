"""What was decided about duplicates, said to a reader."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence

sentence("*.told_apart", _("is not the same as {other}"), icon="split")
sentence("*.asked_again", _("perhaps the same as {other} after all: to be decided again"), icon="circle-question-mark")
