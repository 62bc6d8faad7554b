"""Providers of certified mail as tests need them: an authority, a provider it knows, and mail under the provider's signature."""

from __future__ import annotations

import base64
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

PROVIDER = "posta-certificata@pec.gestore.example"
_NOW = dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Party:
    certificate: x509.Certificate
    key: Any

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def party(
    name: str,
    issuer: Party | None = None,
    *,
    ca: bool = False,
    address: str = "",
    days: tuple[int, int] = (-3650, 36500),
    bits: int = 2048,
) -> Party:
    """Valid from the first to the second of `days`, counted from today."""
    key = rsa.generate_private_key(65537, bits)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start, end = (_NOW + dt.timedelta(days=n) for n in days)
    made = (
        x509.CertificateBuilder().subject_name(subject).public_key(key.public_key())
        .issuer_name(issuer.certificate.subject if issuer else subject).serial_number(x509.random_serial_number())
        .not_valid_before(start).not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )  # fmt: skip
    if address:
        made = made.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
    return Party(made.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def sealed(mail: bytes, provider: Party, *others: Party) -> bytes:
    """The mail with a signature of this provider in place of the one it has."""
    boundary = re.search(rb'micalg=[^;]*; boundary="([^"]+)"', mail)[1]  # type: ignore[index]
    head, content, seal, end = mail.split(b"--" + boundary)
    signed = re.sub(rb"\r?\n", b"\r\n", re.sub(rb"\A\r?\n|\r?\n\Z", b"", content))
    builder = pkcs7.PKCS7SignatureBuilder().set_data(signed)
    builder = builder.add_signer(provider.certificate, provider.key, hashes.SHA256())
    for one in others:
        builder = builder.add_certificate(one.certificate)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    signature = base64.encodebytes(builder.sign(serialization.Encoding.DER, options)).strip()
    seal = re.sub(rb"(\r?\n\r?\n).*\Z", lambda gap: gap[1] + signature + b"\n", seal, count=1, flags=re.DOTALL)
    return (b"--" + boundary).join((head, content, seal, end))
