"""What its entries say."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence

sentence("mailbox.connected", _("connected the mailbox with {provider}"), icon="mail-check")
sentence("mailbox.disconnected", _("disconnected the mailbox"), icon="mail-x")
sentence("mailprovider.edited", _("set the sign-in for mailboxes up"), icon="key-round")
sentence("mailprovider.deleted", _("deleted the sign-in for mailboxes"), icon="trash-2")
sentence("mailbox.edited", _("set the mailbox up"), icon="mail")
