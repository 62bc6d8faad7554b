"""The few words everything here is said in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    POST = "post", _("post")
    MESSAGE = "message", _("SMS and chat")
    TRACKING = "tracking", _("measuring of e-mails")
    PROFILING = "profiling", _("profiling")


class Said(models.TextChoices):
    """What a person said. All but the first are refusals."""

    GIVEN = "given", _("agreed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    OBJECTED = "objected", _("objected")


class Source(models.TextChoices):
    PHONE = "phone", _("by phone")
    FORM = "form", _("on the web form")
    LINK = "link", _("by the personal link")
    PAPER = "paper", _("on paper")
    EMAIL = "email", _("by e-mail")
    MEETING = "meeting", _("in person")
    IMPORT = "import", _("with an import")
    LIST = "list", _("with a bought list")
    OTHER_RECORD = "record", _("from another record of the same person")


#: Sources where the person speaks: only these can follow on a refusal. A file knows nothing of what was said since.
PERSONAL = frozenset({Source.PHONE, Source.FORM, Source.LINK, Source.PAPER, Source.EMAIL, Source.MEETING})


class Basis(models.TextChoices):
    """Why a purpose may use a channel at all."""

    CONSENT = "consent", _("only with consent")
    INTEREST = "interest", _("until the person refuses")
    CONTRACT = "contract", _("needed for the contract")


class Stand(models.TextChoices):
    """How it stands on a record, in a list."""

    YES = "yes", _("agreed")
    NO = "no", _("refused")


#: In place of a purpose: all purposes that can be refused, also those added later.
ANY = ""
