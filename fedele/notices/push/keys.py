"""The pair of keys by which push services know this installation, kept encrypted in the database.

Made at the first use; `FEDELE_PUSH_PRIVATE_KEY` gives one's own. A browser is bound to the key it was added with: after a
renewal old keys go on signing for old devices, which change over when they are next used.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.mail.message import sanitize_address
from django.db import models
from django.utils import timezone
from py_vapid import Vapid02
from py_vapid.utils import b64urldecode, b64urlencode

from fedele.access import secrets

#: Push services refuse a signature that is valid for more than a day.
VALID = 12 * 3600


class PushKey(models.Model):
    public = models.CharField(max_length=100, unique=True)
    #: The private number, encrypted with the installation's secret key.
    sealed = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.public

    def signature_for(self, origin: str) -> str:
        """The header `Authorization` for the push service at `origin`: it says who we are and whom to write to."""
        signer = Vapid02.from_raw(secrets.decrypt(self.sealed).encode())
        # Addresses such as fedele@localhost are right in a trial on one's own machine.
        signer.conf = {"no-strict": True}
        expires = int(timezone.now().timestamp()) + VALID
        return str(signer.sign({"aud": origin, "sub": _written_to(), "exp": expires})["Authorization"])


def current_key() -> PushKey:
    """The one for new devices."""
    if own := settings.PUSH_PRIVATE_KEY:
        return _kept(own)
    return PushKey.objects.order_by("-made_at", "-pk").first() or renew()


def renew() -> PushKey:
    signer = Vapid02()
    signer.generate_keys()
    number = signer.private_key.private_numbers().private_value
    return _kept(b64urlencode(number.to_bytes(32, "big")))


def is_private_key(text: str) -> bool:
    """32 bytes, written as base64url."""
    try:
        return len(b64urldecode(text.encode())) == 32
    except ValueError:
        return False


def _kept(private: str) -> PushKey:
    point = Vapid02.from_raw(private.encode()).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    sealed = {"sealed": secrets.encrypt(private)}
    return PushKey.objects.get_or_create(public=b64urlencode(point), defaults=sealed)[0]


def _written_to() -> str:
    address = sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8").rpartition("<")[2].rstrip(">")
    return f"mailto:{address}"
