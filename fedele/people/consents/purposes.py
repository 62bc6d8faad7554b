"""What people are contacted for, and on which ground each channel rests. Data: a company may change them."""

from __future__ import annotations

import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from fedele.people.consents.words import Basis, Channel

#: The purpose by which lists are filtered and the buttons of a page go.
MAIN = "marketing"
#: Seconds another process may go on with what was changed in this one.
AGE = 10


class Purpose(models.Model):
    """A reason to contact somebody, with the ground for each channel it uses."""

    key = models.SlugField(max_length=20, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True, help_text=_("Empty: the product's own name."))
    #: {channel: basis}; a channel that is not named is not used for this purpose.
    bases = models.JSONField(default=dict, blank=True)
    soft_spam = models.BooleanField(
        _("customers may be written to about similar products"),
        default=False,
        help_text=_("E-mail only, to who bought from us and has not refused (Italian privacy code, art. 130.4)."),
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name or str(OWN_NAMES.get(self.key, self.key))

    @property
    def can_be_refused(self) -> bool:
        return any(basis != Basis.CONTRACT for basis in self.bases.values())

    def basis(self, channel: str) -> str:
        return str(self.bases.get(channel, ""))


OWN_NAMES = {
    "marketing": _("Our offers and news"),
    "partners": _("Offers of other companies"),
    "care": _("Service for customers"),
}
_CONSENT_ALL = dict.fromkeys(
    (Channel.EMAIL.value, Channel.PHONE.value, Channel.POST.value, Channel.MESSAGE.value), "consent"
)
BROUGHT = (
    Purpose(
        key="marketing", position=1, soft_spam=True,
        bases={
            "email": "consent", "phone": "interest", "post": "interest", "message": "consent", "tracking": "consent",
            "profiling": "consent",
        },
    ),
    Purpose(key="partners", position=2, bases=_CONSENT_ALL),
    Purpose(key="care", position=3, bases=dict.fromkeys(_CONSENT_ALL, "contract")),
)  # fmt: skip

_kept: list[tuple[float, dict[str, Purpose]]] = []


def purposes() -> dict[str, Purpose]:
    """Those in use, by key. Kept in the process: every page asks, and they change once in a while."""
    now = time.monotonic()
    if not _kept or _kept[0][0] < now:
        rows = list(Purpose.objects.all()) or list(BROUGHT)
        _kept[:] = [(now + AGE, {row.key: row for row in rows if row.is_active})]
    return _kept[0][1]


def refusable() -> list[Purpose]:
    return [one for one in purposes().values() if one.can_be_refused]


def forget_purposes(**_kwargs: object) -> None:
    _kept.clear()


def install(**_kwargs: object) -> None:
    """After a migration: what the product brings, unless the company has its own by now."""
    have = set(Purpose.objects.values_list("key", flat=True))
    Purpose.objects.bulk_create(
        Purpose(key=one.key, bases=one.bases, soft_spam=one.soft_spam, position=one.position)
        for one in BROUGHT
        if one.key not in have
    )
    forget_purposes()
