"""Whether a signature (CMS, RFC 5652) is over these very bytes, and whose certificate made it.

Digests and signatures are computed by `cryptography`; asn1crypto only takes the structure apart. Nothing is believed that is not
under the signature, apart from the certificates, which prove themselves by it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

#: What can be forged with today's means is no proof: shorter keys, MD5, SHA-1.
SHORTEST_KEY = 2048
DIGESTS = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
MOST_CERTIFICATES, MOST_BYTES = 30, 1 << 20


class NotProven(Exception):
    """The reason is one of the words of `fedele.inbox.reading.sealing`."""


@dataclass(frozen=True)
class Signed:
    """A signature that holds: by this certificate, and when its owner says that it was made."""

    certificate: x509.Certificate
    #: What came along, to lead from the certificate to one that is trusted.
    others: tuple[x509.Certificate, ...]
    at: dt.datetime


def verified(signature: bytes, content: bytes) -> Signed:
    """Raises `NotProven`: unreadable, weak, changed, signature."""
    try:
        return _verified(signature[:MOST_BYTES], content)
    except NotProven:
        raise
    except InvalidSignature as error:
        raise NotProven("signature") from error
    except Exception as error:
        # Whatever else is wrong with it, it is no signature of anybody.
        raise NotProven("unreadable") from error


def _verified(signature: bytes, content: bytes) -> Signed:
    signed = cms.ContentInfo.load(signature)["content"]
    (signer,) = signed["signer_infos"]
    certificates = [
        x509.load_der_x509_certificate(one.chosen.dump()) for one in list(signed["certificates"])[:MOST_CERTIFICATES]
    ]
    certificate = next(one for one in certificates if _is_of(one, signer["sid"]))
    name = signer["digest_algorithm"]["algorithm"].native
    if name not in DIGESTS:
        raise NotProven("weak")
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    if attributes["message_digest"][0].native != hashlib.new(name, content).digest():
        raise NotProven("changed")
    if len(attributes["message_digest"]) != 1 or attributes["content_type"][0].native != "data":
        raise NotProven("unreadable")
    _check(certificate.public_key(), signer, name)
    told = attributes.get("signing_time")
    at = told[0].native if told else dt.datetime.now(dt.UTC)
    return Signed(certificate, tuple(one for one in certificates if one is not certificate), at)


def _is_of(certificate: x509.Certificate, sid: Any) -> bool:
    if sid.name == "issuer_and_serial_number":
        issuer = sid.chosen["issuer"].dump()
        return bool(
            certificate.serial_number == sid.chosen["serial_number"].native
            and certificate.issuer.public_bytes() == issuer
        )
    found = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return bool(found.value.digest == sid.chosen.native)


def _check(key: Any, signer: Any, name: str) -> None:
    """What is signed are the attributes, as a SET; the digest of the content is one of them."""
    data, value = b"\x31" + signer["signed_attrs"].dump()[1:], signer["signature"].native
    algorithm, digest = signer["signature_algorithm"].signature_algo, DIGESTS[name]()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(value, data, ec.ECDSA(digest))
        return
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < SHORTEST_KEY:
        raise NotProven("weak")
    if algorithm == "rsassa_pss":
        salt = signer["signature_algorithm"]["parameters"]["salt_length"].native
        key.verify(value, data, padding.PSS(padding.MGF1(digest), salt), digest)
    elif algorithm == "rsassa_pkcs1v15":
        key.verify(value, data, padding.PKCS1v15(), digest)
    else:
        raise UnsupportedAlgorithm(algorithm)
