from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    TASK = "task", _("task")
    CALL = "call", _("call")
    MEETING = "meeting", _("meeting or visit")
    EMAIL = "email", _("e-mail")
    FOLLOW_UP = "follow_up", _("follow-up")


class State(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("activity", "planned")
    DONE = "done", pgettext_lazy("activity", "done")
    OFF = "off", pgettext_lazy("activity", "called off")


class Outcome(models.TextChoices):
    """How it went."""

    DONE = "done", pgettext_lazy("activity", "done")
    REACHED = "reached", _("reached")
    NO_ANSWER = "no_answer", _("no answer")
    CALL_BACK = "call_back", _("asks to be called back")
    WRONG_NUMBER = "wrong_number", _("wrong number")
    INTERESTED = "interested", _("interested")
    NOT_INTERESTED = "not_interested", _("not interested")
    NOT_HELD = "not_held", _("did not take place")


class Repeats(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    YEARLY = "yearly", _("every year")
