"""Italian certified mail: envelopes with the message inside, and the receipts of the providers.

An envelope and a receipt are believed only with the provider's signature on them; whether that signature is good nobody here
checks, and the answer says so: the original stays as it came, and any PEC program can check it.
"""

from __future__ import annotations

import re
from email.message import Message

from fedele.inbox.reading import headers, parts
from fedele.inbox.reading.answer import Pec
from fedele.inbox.reading.characters import decode

RECEIPTS = {
    "accettazione": "pec_acceptance", "non-accettazione": "pec_refusal", "presa-in-carico": "automatic",
    "avvenuta-consegna": "pec_delivery", "errore-consegna": "pec_failure", "preavviso-errore-consegna": "pec_failure",
    "rilevazione-virus": "pec_failure",
}  # fmt: skip
#: What subjects begin with where a provider does not say it in a header.
SUBJECTS = {
    "ACCETTAZIONE:": "accettazione", "CONSEGNA:": "avvenuta-consegna", "AVVISO DI NON ACCETTAZIONE": "non-accettazione",
    "AVVISO DI MANCATA CONSEGNA": "errore-consegna", "MANCATA CONSEGNA": "errore-consegna", "PRESA IN CARICO:": "presa-in-carico",
}  # fmt: skip
_CLAIMS = re.compile(r"^(?:POSTA CERTIFICATA|ANOMALIA MESSAGGIO)\s*:")


def kind_of(message: Message, subject: str) -> tuple[str, Pec | None]:
    """("pec", …) for an envelope, ("pec_delivery", …) for a receipt; ("", None) for any other mail.

    What claims to be certified and is not signed is ("", a Pec of type "forged").
    """
    receipt = headers.text(message, "X-Ricevuta", 60).lower() or _by_subject(message, subject)
    transport = headers.text(message, "X-Trasporto", 60).lower()
    if not receipt and transport not in ("posta-certificata", "errore") and not _CLAIMS.match(subject):
        return "", None
    told = _data(message)
    if not is_signed(message):
        # A delivery anomaly is no certificate and is not always signed.
        if transport == "errore" and _inside(message) is not None:
            return "pec_anomaly", Pec("anomalia", sender=told.sender)
        return "", Pec("forged", told.reference, told.sender, told.recipients)
    if receipt in RECEIPTS:
        return RECEIPTS[receipt], _pec(receipt, message, told)
    if transport == "errore" or subject.startswith("ANOMALIA MESSAGGIO"):
        return "pec_anomaly", _pec("anomalia", message, told)
    return "pec", _pec("posta-certificata", message, told)


def _by_subject(message: Message, subject: str) -> str:
    """Only where the provider's data are in it: a person may write «Consegna: …», too."""
    if not any(parts.name_of(part).lower() == "daticert.xml" for part in parts.walk(message)):
        return ""
    return next((kind for start, kind in SUBJECTS.items() if subject.startswith(start)), "")


def is_signed(message: Message) -> bool:
    """Whether there is a signature over all of it; whose, and whether it is good, is not looked at."""
    if message.get_content_type() in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return True
    inside = message.get_payload()
    if message.get_content_type() != "multipart/signed" or not isinstance(inside, list) or len(inside) != 2:
        return False
    seal = inside[1]
    return (
        seal.get_content_type() in ("application/pkcs7-signature", "application/x-pkcs7-signature")
        and len(parts.content_of(seal)) > 100
    )


def inner_message(message: Message) -> Message | None:
    """What was sent, out of its envelope."""
    return _inside(message)


def _inside(message: Message) -> Message | None:
    for part in parts.walk(message):
        if parts.name_of(part).lower() == "postacert.eml" or part.get_content_type() == "message/rfc822":
            return (
                parts.inner(part)
                if part.get_content_type() == "message/rfc822"
                else parts.opened(parts.content_of(part))
            )
    return None


def _pec(kind: str, message: Message, told: Pec) -> Pec:
    reference = told.reference or headers.first_id(message, "X-Riferimento-Message-ID")
    return Pec(kind, reference, told.sender, told.recipients, "unverified", told.identifier)


def _data(message: Message) -> Pec:
    """What daticert.xml says, read without an XML reader: six short elements, nothing a bomb could hide in."""
    for part in parts.walk(message):
        if parts.name_of(part).lower() == "daticert.xml":
            text = decode(parts.content_of(part)[:200_000])
            consegna = _elements(text, "consegna") or _elements(text, "destinatari")
            reference = next(iter(headers.ids(_unescaped(_element(text, "msgid")))), "")
            return Pec(
                "",
                reference,
                _element(text, "mittente").lower(),
                tuple(one.lower() for one in consegna),
                identifier=_element(text, "identificativo"),
            )
    return Pec("")


def _elements(text: str, name: str) -> list[str]:
    return [one.strip() for one in re.findall(rf"<{name}\b[^>]{{0,200}}>([^<]{{1,500}})</{name}>", text)[:100]]


def _element(text: str, name: str) -> str:
    return next(iter(_elements(text, name)), "")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
