"""How far it is proven who wrote a message, in words: stands above its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Proof:
    #: ok, info, warn, bad
    level: str
    icon: str
    text: str


#: Why what claims to be certified is not, by the words of `fedele.inbox.reading.sealing`.
NOT_CERTIFIED = {
    "": gettext_lazy("it bears no signature."),
    "unreadable": gettext_lazy("its signature cannot be read."),
    "weak": gettext_lazy("its signature is of a kind that can be forged today."),
    "changed": gettext_lazy("its text was changed after it was signed."),
    "signature": gettext_lazy("its signature does not fit the certificate."),
    "sender": gettext_lazy("the certificate is of another sender."),
    "purpose": gettext_lazy("the certificate is not meant for mail."),
    "expired": gettext_lazy("the certificate was not valid on that day."),
    "type": gettext_lazy("what is signed is something else."),
}


def proofs_of(message: Any) -> list[Proof]:
    pec, sender = message.notes.get("pec"), message.notes.get("sender") or {}
    found = [_seal(pec)] if pec else []
    return [*found, _not_proven(message, sender)] if sender.get("verdict") == "failed" else found


def _not_proven(message: Any, sender: dict[str, Any]) -> Proof:
    told = {"server": sender.get("server"), "domain": message.sender.rpartition("@")[2]}
    said = _(
        "The sender is not proven: %(server)s found that this did not come from %(domain)s. "
        "Before acting on it, on new bank details for instance, ask them by another way."
    )
    return Proof("warn", "user-x", said % told)


def _seal(pec: dict[str, Any]) -> Proof:
    told = {"who": pec.get("signer") or pec.get("from") or "", "why": NOT_CERTIFIED.get(pec.get("why", ""), "")}
    if pec.get("type") == "forged":
        return Proof("bad", "shield-x", _("It claims to be certified mail (PEC) and is not: %(why)s") % told)
    if pec.get("signed") == "certified":
        return Proof(
            "ok", "shield-check", _("Certified mail (PEC): the signature of %(who)s is good and trusted.") % told
        )
    if pec.get("why") == "unknown_issuer":
        return Proof(
            "warn", "shield-alert", _("The PEC signature is intact, but nobody on your list of certificates issued it.")
        )
    if pec.get("signed") == "intact":
        return Proof("info", "shield", _("The PEC signature of %(who)s is intact; its issuer was not checked.") % told)
    return Proof("info", "shield-off", _("It did not come by certified mail (PEC)."))
