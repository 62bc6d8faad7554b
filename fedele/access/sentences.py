"""What happens to accounts and at the door, as sentences of the audit."""

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence

sentence("user.signed_in", _("signed in"), icon="log-in")
sentence("user.signed_out", _("signed out"), icon="log-out")
sentence("user.turned_away", _("was turned away: wrong password or address"), icon="shield-alert")
sentence("user.throttled", _("was held back after too many attempts"), icon="shield-alert")
sentence("user.failed_second_factor", _("gave a wrong second step"), icon="shield-alert")
sentence("user.changed_password", _("chose a new password"), icon="key-round")
sentence("user.added_factor", _("added a second step of sign-in"), icon="key-round")
sentence("user.removed_factor", _("removed a second step of sign-in"), icon="key-round")
sentence("user.renewed_factor", _("renewed the recovery codes"), icon="key-round")
sentence("user.ended_session", _("ended a session"), icon="log-out")
sentence("user.made_key", _("made the API key “{key}”"), icon="key-round")
sentence("user.revoked_key", _("revoked the API key “{key}”"), icon="key-round")
sentence("*.exported", _("was exported"), icon="download")
sentence("backup.made", _("was made"), icon="archive")
sentence("user.invited", _("was invited"), icon="user-plus")
sentence("user.edited", _("was changed"), icon="pencil")
sentence("user.deactivated", _("was switched off"), icon="user-x")
sentence("user.activated", _("was switched on again"), icon="user-check")
sentence("user.sent_link", _("was sent a link to choose a password"), icon="mail")
sentence("user.cleared_factors", _("lost the second step of sign-in"), icon="shield-off")
sentence("user.ended_sessions", _("was signed out everywhere"), icon="log-out")
