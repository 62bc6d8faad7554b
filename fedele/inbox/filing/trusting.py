"""What may be believed of a mail before it is filed: whose certificates, which server's word."""

from __future__ import annotations

import logging

from django.conf import settings

from fedele.inbox.reading.trust import Trust, Unusable, trust_in

logger = logging.getLogger("fedele.inbox")


def trusted() -> Trust:
    """The operator's list. One that cannot be read certifies nothing, and no mail waits for it: checks at start name it."""
    try:
        return trust_in(settings.PEC_CERTIFICATES)
    except Unusable as error:
        logger.warning("FEDELE_PEC_CERTIFICATES cannot be read: %s", error)
        return Trust()
