"""What the page of an activity offers of invitations."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from fedele.calendar.invitations.answering import can_answer, invitation_of
from fedele.calendar.invitations.models import Invitation
from fedele.records.adding import Banner, MenuEntry, adds_banners, adds_menu
from fedele.records.beforehand import asks_beforehand, may_have


@asks_beforehand("activity")
def whether_invited(_record_type: Any) -> dict[str, Any]:
    return {"invitation": Exists(Invitation.objects.filter(activity=OuterRef("pk")))}


def _invitation(record: Any) -> Invitation | None:
    """Asked once a page, and only where there is one."""
    if "_invitation" not in record.__dict__:
        record.__dict__["_invitation"] = invitation_of(record) if may_have(record, "invitation") else None
    found: Invitation | None = record.__dict__["_invitation"]
    return found


@adds_banners("activity")
def invites_you(record: Any, user: Any) -> list[Banner]:
    """Until it is answered."""
    invitation = _invitation(record)
    if invitation is None or not can_answer(invitation) or record.owner_id != user.pk or not record.is_planned:
        return []
    if invitation.answer:
        return []
    text = _("%(who)s invites you.") % {"who": invitation.organizer}
    return [Banner(text, "info", f"/activities/{record.pk}/invitation/", _("Answer"))]


@adds_menu("activity")
def files(record: Any, user: Any) -> list[MenuEntry]:
    invitation = _invitation(record)
    if invitation is None:
        if record.due_on is None:
            return []
        return [
            MenuEntry(_("Invitation for the customer (.ics)"), f"/activities/{record.pk}/invite.ics", "calendar-plus")
        ]
    if not can_answer(invitation) or record.owner_id != user.pk:
        return []
    found = [
        MenuEntry(_("Answer the invitation"), f"/activities/{record.pk}/invitation/", "mail-question-mark", dialog=True)
    ]
    if invitation.answer:
        found.append(MenuEntry(_("Reply for who invited (.ics)"), f"/activities/{record.pk}/reply.ics", "reply"))
    return found
