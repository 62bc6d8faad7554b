"""Italian certified mail: envelopes with the message inside, and the receipts of the providers.

An envelope and a receipt are believed only with a good signature of the provider on them, and only for what is under it: of what
kind they are says the provider's daticert.xml, not a header anybody could have changed on the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.message import Message

from fedele.inbox.reading import headers, parts
from fedele.inbox.reading.answer import Pec
from fedele.inbox.reading.characters import decode
from fedele.inbox.reading.sealing import BROKEN, NONE, Seal, seal_of
from fedele.inbox.reading.trust import Trust

RECEIPTS = {
    "accettazione": "pec_acceptance", "non-accettazione": "pec_refusal", "presa-in-carico": "automatic",
    "avvenuta-consegna": "pec_delivery", "errore-consegna": "pec_failure", "preavviso-errore-consegna": "pec_failure",
    "rilevazione-virus": "pec_failure",
}  # fmt: skip
ENVELOPE, ANOMALY = "posta-certificata", "anomalia"
_CLAIMS = re.compile(
    r"^(?:POSTA CERTIFICATA|ANOMALIA MESSAGGIO|ACCETTAZIONE|CONSEGNA|AVVISO DI NON ACCETTAZIONE"
    r"|(?:AVVISO DI )?MANCATA CONSEGNA|PRESA IN CARICO)\b"
)


@dataclass(frozen=True)
class Envelope:
    """What a mail is as certified mail: kind "" for one that is none."""

    kind: str = ""
    pec: Pec | None = None
    #: The message inside.
    inside: Message | None = None


def envelope_of(data: bytes, message: Message, subject: str, trust: Trust) -> Envelope:
    """What claims to be certified and is not well signed is of no kind, and its `pec` is of type "forged"."""
    transport = headers.text(message, "X-Trasporto", 60).lower()
    receipt = bool(headers.raw(message, "X-Ricevuta"))
    if not receipt and transport not in (ENVELOPE, "errore") and not _claims(message, subject):
        return Envelope()
    seal = seal_of(data, message, trust)
    is_anomaly = transport == "errore" or subject.startswith("ANOMALIA MESSAGGIO")
    if seal.content is None:
        inside = _inside(message)
        # Of what did not come by certified mail nothing is certified, and not every provider signs that it did not.
        if is_anomaly and seal.state == NONE and inside is not None:
            return Envelope("pec_anomaly", _sealed(replace(_data(message), type=ANOMALY), seal), inside)
        return Envelope("", _sealed(replace(_data(message), type="forged"), seal))
    return _opened(message, seal.content, seal, is_anomaly=is_anomaly)


def _claims(message: Message, subject: str) -> bool:
    """By its subject; but a person may write «Consegna: …», too: a receipt has the provider's data in it."""
    if not _CLAIMS.match(subject):
        return False
    return subject.startswith(("POSTA CERTIFICATA", "ANOMALIA MESSAGGIO")) or bool(_data(message).type)


def _opened(message: Message, content: Message, seal: Seal, *, is_anomaly: bool) -> Envelope:
    told = _sealed(_data(content), seal)
    told = replace(told, reference=told.reference or headers.first_id(message, "X-Riferimento-Message-ID"))
    if told.type in RECEIPTS:
        return Envelope(RECEIPTS[told.type], told)
    if is_anomaly and (inside := _inside(content)) is not None:
        return Envelope("pec_anomaly", replace(told, type=ANOMALY), inside)
    if told.type == ENVELOPE and (inside := _inside(content)) is not None:
        return Envelope("pec", told, inside)
    return Envelope("", replace(told, type="forged", signed=BROKEN, why="type"))


def _sealed(told: Pec, seal: Seal) -> Pec:
    return replace(told, signed=seal.state, why=seal.why, signer=seal.signer)


def _inside(message: Message) -> Message | None:
    for part in parts.walk(message):
        if parts.name_of(part).lower() == "postacert.eml" or part.get_content_type() == "message/rfc822":
            return (
                parts.inner(part)
                if part.get_content_type() == "message/rfc822"
                else parts.opened(parts.content_of(part))
            )
    return None


def _data(message: Message) -> Pec:
    """What daticert.xml says, read without an XML reader: six short elements, nothing a bomb could hide in."""
    for part in parts.walk(message):
        if parts.name_of(part).lower() == "daticert.xml":
            text = decode(parts.content_of(part)[:200_000])
            consegna = _elements(text, "consegna") or _elements(text, "destinatari")
            reference = next(iter(headers.ids(_unescaped(_element(text, "msgid")))), "")
            return Pec(
                _kind(text),
                reference,
                _element(text, "mittente").lower(),
                tuple(one.lower() for one in consegna),
                identifier=_element(text, "identificativo"),
            )
    return Pec("")


def _kind(text: str) -> str:
    found = re.search(r"<postacert\b[^>]{0,300}?\btipo\s*=\s*[\"']([a-z-]{1,40})[\"']", text)
    return found[1] if found else ""


def _elements(text: str, name: str) -> list[str]:
    return [one.strip() for one in re.findall(rf"<{name}\b[^>]{{0,200}}>([^<]{{1,500}})</{name}>", text)[:100]]


def _element(text: str, name: str) -> str:
    return next(iter(_elements(text, name)), "")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
