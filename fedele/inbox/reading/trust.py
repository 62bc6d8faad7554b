"""Whom this installation believes to certify mail: the certificates its operator names, and what leads to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

#: From a certificate to one that is trusted over so many steps at most.
LONGEST = 5
ENDINGS = (".pem", ".crt", ".cer")
#: An extension that must be understood and is none of these ends it.
UNDERSTOOD = {
    ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE, ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.CERTIFICATE_POLICIES, ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
}  # fmt: skip
MAIL = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


class Unusable(Exception):
    """The list cannot be read: the text says which file, and why."""


@dataclass(frozen=True)
class Trust:
    """Empty: nobody has said whom to believe."""

    certificates: tuple[x509.Certificate, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.certificates)

    def leads_from(self, certificate: x509.Certificate, given: tuple[x509.Certificate, ...], at: dt.datetime) -> bool:
        """Whether it is one of the list, or was issued over some steps by one of them, all of them valid on that day."""
        return certificate in self.certificates or self._issued(certificate, given, at, 0)

    def _issued(
        self, certificate: x509.Certificate, given: tuple[x509.Certificate, ...], at: dt.datetime, below: int
    ) -> bool:
        if below >= LONGEST:
            return False
        known = (one for one in (*self.certificates, *given) if one.subject == certificate.issuer)
        return any(
            may_issue(one, at, below)
            and _signed_by(certificate, one)
            and (one in self.certificates or self._issued(one, given, at, below + 1))
            for one in known
        )


def may_issue(certificate: x509.Certificate, at: dt.datetime, below: int) -> bool:
    """`below`: how many others stand between it and who signed."""
    found = _extensions(certificate)
    basic, usage = found.get(ExtensionOID.BASIC_CONSTRAINTS), found.get(ExtensionOID.KEY_USAGE)
    if basic is None or not basic.ca or (basic.path_length is not None and basic.path_length < below):
        return False
    return (usage is None or usage.key_cert_sign) and is_valid(certificate, at) and is_understood(certificate)


def may_sign(certificate: x509.Certificate) -> bool:
    """Mail, that is: not a web server's."""
    found = _extensions(certificate)
    usage, purposes = found.get(ExtensionOID.KEY_USAGE), found.get(ExtensionOID.EXTENDED_KEY_USAGE)
    signs = usage is None or usage.digital_signature or usage.content_commitment
    return signs and (purposes is None or bool(MAIL & set(purposes))) and is_understood(certificate)


def is_valid(certificate: x509.Certificate, at: dt.datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def is_understood(certificate: x509.Certificate) -> bool:
    return all(one.oid in UNDERSTOOD for one in certificate.extensions if one.critical)


def _extensions(certificate: x509.Certificate) -> dict:
    return {one.oid: one.value for one in certificate.extensions}


def _signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    if isinstance(certificate.signature_hash_algorithm, hashes.SHA1 | hashes.MD5):
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def trust_in(path: str | Path | None) -> Trust:
    """Of a PEM file, or of all in a folder; read again when they change. Raises `Unusable`."""
    if not path:
        return Trust()
    place = Path(path)
    files = sorted(one for one in place.iterdir() if one.suffix.lower() in ENDINGS) if place.is_dir() else [place]
    try:
        return _read(tuple((one, one.stat().st_mtime_ns) for one in files))
    except OSError as error:
        raise Unusable(f"{place}: {error.strerror}") from error


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> Trust:
    found: list[x509.Certificate] = []
    for path, _changed in files:
        try:
            found += x509.load_pem_x509_certificates(path.read_bytes())
        except ValueError as error:
            raise Unusable(f"{path}: {error}") from error
    return Trust(tuple(found))
