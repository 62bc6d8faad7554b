from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence

sentence("privacyrequest.fulfilled", _("fulfilled the request"), icon="check")
sentence("privacyrequest.refused", _("turned the request down: {reason}"), icon="ban")
sentence("privacyrequest.extended", _("extended the term by two months: {reason}"), icon="calendar-plus")
for key in ("contact", "lead"):
    sentence(f"{key}.forgotten", _("erased this person for good"), icon="eraser")
    sentence(f"{key}.file_given", _("gave out the whole file of this person"), icon="file-down")
sentence("retention.added", _("added a retention rule"), icon="hourglass")
sentence("retention.edited", _("changed a retention rule"), icon="hourglass")
sentence("retention.removed", _("removed a retention rule"), icon="hourglass")
sentence("retention.applied", _("erased {count} persons by a retention rule"), icon="eraser")
