"""Whom a handover tells."""

from django.utils.translation import gettext_lazy as _

from fedele.notices.kinds import declare

declare(
    "handover.received",
    label=_("Customers are handed over to me"),
    text=_("{giver} handed over customers to you: {count}. Read their briefings and take them over."),
    why=_("You get this because these customers are yours now."),
    default_email="now",
    icon="arrow-right-left",
)
declare(
    "handover.planned",
    label=_("A handover to me is planned"),
    text=_("On {day} {giver} hands over customers to you: {count}. Their briefings are ready."),
    why=_("You get this because these customers will be yours."),
    default_email="now",
    icon="calendar-clock",
)
declare(
    "handover.given",
    label=_("My portfolio was handed over"),
    text=_("{actor} handed over your customers: {title}"),
    why=_("You get this because these customers were yours."),
    default_email="now",
    icon="arrow-right-left",
)
declare(
    "handover.asked",
    label=_("A colleague I lead asks for a handover"),
    text=_("{actor} asks you to confirm a handover: {title}"),
    why=_("You get this because you lead this colleague."),
    default_email="now",
    icon="circle-question-mark",
)
declare(
    "handover.taken",
    label=_("A handover of mine was taken over entirely"),
    text=_("{actor} has read and taken over everything: {title}"),
    why=_("You get this because you gave these customers, or handed them over."),
    icon="handshake",
)
