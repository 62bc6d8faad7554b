"""A mail server that is signed in to with a permission of its provider (SASL XOAUTH2) instead of a password."""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from fedele.inbox.providers.models import Grant
from fedele.inbox.providers.renewing import access_token
from fedele.inbox.providers.tokens import NotSignedIn


class ByPermission(EmailBackend):
    """Whatever goes wrong here went wrong before a letter was handed over: it is an `SMTPException`, and tried again."""

    def __init__(self, grant: Grant, user: str, **where: Any) -> None:
        super().__init__(username="", password="", **where)
        self.grant, self.user = grant, user

    def open(self) -> bool | None:
        if not (self.use_tls or self.use_ssl or settings.PRIVATE_ADDRESSES):
            raise smtplib.SMTPException(_("A mailbox that is connected this way sends over encrypted lines only."))
        is_new = super().open()
        if is_new:
            try:
                self._sign_in(self.connection)
            except BaseException:
                self.close()
                raise
        return is_new

    def _sign_in(self, line: Any) -> None:
        """A token may be refused before its time: then another is fetched, once."""
        if not self.user.isascii():
            raise smtplib.SMTPException(_("The user name has letters no mail server takes."))
        line.ehlo_or_helo_if_needed()
        token = ""
        for is_last in (False, True):
            token = self._token(instead_of=token)
            words = f"user={self.user}\x01auth=Bearer {token}\x01\x01"
            try:
                # A challenge says why it is refused, and wants nothing but an end.
                line.auth("XOAUTH2", lambda challenge=None, words=words: "" if challenge else words)
            except smtplib.SMTPAuthenticationError:
                if is_last:
                    raise
            else:
                return

    def _token(self, *, instead_of: str) -> str:
        try:
            return access_token(self.grant, instead_of=instead_of)
        except NotSignedIn as error:
            raise smtplib.SMTPException(str(error)) from error
