"""The seal on certified mail: whether the provider's signature is good, and what exactly is under it.

Only what is under it is read on: headers outside, a second part of the same name or a boundary that programs understand in two
ways cannot put anything into a provider's mouth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from cryptography import x509
from cryptography.x509.oid import ExtensionOID, NameOID

from fedele.inbox.reading import headers, parts
from fedele.inbox.reading.signatures import NotProven, Signed, verified
from fedele.inbox.reading.trust import Trust, is_valid, may_sign

CERTIFIED, INTACT, BROKEN, NONE = "certified", "intact", "broken", "none"
SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature")


@dataclass(frozen=True)
class Seal:
    """`state`: certified (good, and by somebody who is trusted), intact (good; by whom, nobody has said), broken, none.

    `why`: of intact: no_list, unknown_issuer; of broken: unreadable, weak, changed, signature, sender, purpose, expired, type.
    """

    state: str
    why: str = ""
    signer: str = ""
    #: What is under a good signature.
    content: Message | None = None


def seal_of(data: bytes, message: Message, trust: Trust) -> Seal:
    if not _is_signed(message):
        return Seal(NONE)
    sender, content = headers.sender(message)[1], signed_bytes(data, message)
    try:
        signed = verified(parts.content_of(message.get_payload()[1]), content)  # type: ignore[index]
        signer = _signer(signed, sender)
    except NotProven as error:
        return Seal(BROKEN, str(error))
    if trust.leads_from(signed.certificate, signed.others, signed.at):
        return Seal(CERTIFIED, "", signer, parts.opened(content))
    return Seal(INTACT, "unknown_issuer" if trust else "no_list", signer, parts.opened(content))


def _is_signed(message: Message) -> bool:
    """Certified mail has its signature beside it: what is inside one (pkcs7-mime) is none."""
    inside = message.get_payload()
    if message.get_content_type() != "multipart/signed" or not isinstance(inside, list) or len(inside) != 2:
        return False
    return inside[1].get_content_type() in SIGNATURES and bool(parts.content_of(inside[1]))


def signed_bytes(data: bytes, message: Message) -> bytes:
    """The first part as it was sent, to the byte, with the line ends of mail: what the signature was made over."""
    boundary = re.escape(str(message.get_boundary("")).encode("utf-8", "surrogateescape"))
    body = re.search(rb"\r?\n\r?\n", data)
    lines = re.finditer(
        rb"(?:\A|\r?\n)--" + boundary + rb"(?:--)?[ \t]*(?:\r?\n|\Z)", data[body.end() - 1 :] if body else b""
    )
    first, second = next(lines, None), next(lines, None)
    if body is None or first is None or second is None:
        return b""
    content = data[body.end() - 1 :][first.end() : second.start()]
    return re.sub(rb"(?<!\r)\n", b"\r\n", content)


def _signer(signed: Signed, sender: str) -> str:
    """The address of the certificate; it has to be the one the mail says it is from."""
    addresses = addresses_of(signed.certificate)
    if sender not in addresses:
        raise NotProven("sender")
    if not is_valid(signed.certificate, signed.at):
        raise NotProven("expired")
    if not may_sign(signed.certificate):
        raise NotProven("purpose")
    return sender


def addresses_of(certificate: x509.Certificate) -> set[str]:
    named = [str(one.value) for one in certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    for one in certificate.extensions:
        if one.oid == ExtensionOID.SUBJECT_ALTERNATIVE_NAME:
            named += one.value.get_values_for_type(x509.RFC822Name)
    return {one.lower() for one in named}
