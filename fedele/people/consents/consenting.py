"""What a record of a person or a company carries of its consents, so that lists can be filtered by them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fedele.base.verbs import verb
from fedele.people.consents.words import Channel, Stand

#: Channel → the column that says how the company's own marketing stands with it.
COLUMNS = {Channel.EMAIL: "email_marketing", Channel.PHONE: "phone_marketing", Channel.POST: "post_marketing"}

MARKETING_TONES = {name: {"yes": "ok", "no": "bad"} for name in COLUMNS.values()}


def _stand(label: Any) -> Any:
    return models.CharField(label, max_length=3, choices=Stand, blank=True, default="", editable=False)


class Consenting(models.Model):
    """Kept by `standing.settle` in the transaction of each consent; set by nobody else."""

    email_marketing = _stand(_("marketing by e-mail"))
    phone_marketing = _stand(_("marketing by phone"))
    post_marketing = _stand(_("marketing by post"))

    class Meta:
        abstract = True


class Informed(models.Model):
    """A name that came from somebody else: the person has to be told (GDPR, art. 14)."""

    informed_on = models.DateField(_("told where the data comes from"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_to_inform(self) -> bool:
        return self.informed_on is None

    @verb(_("Mark as informed"), when="is_to_inform", bulk=True, icon="badge-info", done=_("Marked as informed"))
    def inform(self) -> None:
        """The person was told who has the data and where it comes from (GDPR, art. 14)."""
        self.informed_on = timezone.localdate()
        self.save(kind="informed")  # type: ignore[call-arg]
