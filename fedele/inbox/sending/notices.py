from django.utils.translation import gettext_lazy as _

from fedele.notices.kinds import declare

WHY = _("You get this because you wrote the e-mail.")

declare(
    "mail.failed",
    label=_("An e-mail of mine could not be sent"),
    text=_("Not sent: {title}"),
    default_email="now",
    icon="mail-x",
    why=WHY,
)
declare(
    "mail.uncertain",
    label=_("It is not certain whether an e-mail of mine was sent"),
    text=_("Perhaps sent: {title}"),
    icon="mail-question-mark",
    why=WHY,
)
declare(
    "mail.refused",
    label=_("An e-mail of mine did not reach everybody"),
    text=_("{title} did not reach {addresses}"),
    default_email="now",
    icon="mail-warning",
    why=WHY,
)
declare(
    "mail.assigned",
    label=_("An e-mail is given to me to answer"),
    text=_("{actor} asks you to answer: {title}"),
    default_email="now",
    icon="mail",
    why=_("You get this because a colleague asks you to answer."),
)
