"""What its entries say."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence

sentence("mailbox.edited", _("set the mailbox up"), icon="mail")
