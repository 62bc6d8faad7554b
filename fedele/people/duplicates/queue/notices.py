"""Who looks after the archive is told in the morning what the night found."""

from django.utils.translation import gettext_lazy as _

from fedele.notices.kinds import declare

declare(
    "duplicates.found",
    label=_("The night's search found possible duplicates"),
    text=_("New groups of possible duplicates to decide: {count}"),
    icon="copy-check",
    why=_("You get this because your role looks after the archive."),
)
