"""What was said of being contacted, as the timeline tells it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fedele.journal.sentences import sentence
from fedele.people.consents.people import KEYS
from fedele.people.consents.purposes import purposes
from fedele.people.consents.words import ANY, Channel, Source


class _AnyText:
    """Stands where a sentence keeps the codes it knows: these are made of several, or of data."""

    def __contains__(self, code: Any) -> bool:
        return isinstance(code, str)


class _Channels:
    """The words for several channels in one entry: "email,phone"."""

    values = _AnyText()

    def __init__(self, codes: str) -> None:
        self.label = ", ".join(str(Channel(one).label) for one in codes.split(",") if one in Channel.values)


class _Purpose:
    values = _AnyText()

    def __init__(self, key: str) -> None:
        self.label = _("everything that can be refused") if key == ANY else str(purposes().get(key, key))


for key in KEYS:
    sentence(
        f"{key}.agreed", _("agreed {way} to: {channels} ({purpose})"), icon="badge-check", channels=_Channels,
        way=Source, purpose=_Purpose,
    )  # fmt: skip
    sentence(
        f"{key}.declined", _("refused {way}: {channels} ({purpose})"), icon="ban", channels=_Channels, way=Source,
        purpose=_Purpose,
    )  # fmt: skip
    sentence(f"{key}.informed", _("was told where the data comes from"), icon="badge-info")
    sentence(f"{key}.link_revoked", _("the personal links for consents were made invalid"), icon="unlink")
sentence("calllist.released", _("released a list of numbers to call: {count}"), icon="phone-outgoing")
sentence(
    "calllist.held_back", _("held back a list of numbers to call: {count} without a valid check"), icon="phone-off"
)
for kind in ("purpose", "consenttext", "registerrule", "registercheck"):
    sentence(f"{kind}.added", _("was added"), icon="plus")
    sentence(f"{kind}.edited", _("was changed"), icon="pencil")
sentence("registercheck.exported", _("the numbers were taken to the register"), icon="download")
sentence("registercheck.answered", _("the answer of the register was taken in"), icon="phone-outgoing")
