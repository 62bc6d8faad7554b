"""Links that let somebody choose a password: for who forgot theirs, and for who was invited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int

RESET = timedelta(hours=24)
INVITATION = timedelta(days=7)


class PasswordLinks(PasswordResetTokenGenerator):
    """A token dies when it is used, at the next sign-in, with the password or the address, and when its user is switched off.

    The hash covers what changes then; an invitation lives longer than a reset.
    """

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"

    def check_token(self, user: Any, token: str | None) -> bool:
        if not user or not user.is_active or not super().check_token(user, token):
            return False
        age = self._num_seconds(self._now()) - base36_to_int(str(token).partition("-")[0])
        return age <= (RESET if was_here(user) else INVITATION).total_seconds()


def was_here(user: Any) -> bool:
    """Has this user ever chosen a password or signed in? If not, the link is an invitation."""
    return user.last_login is not None or user.has_usable_password()


def password_link(user: Any) -> str:
    """An address of this installation, never of the Host a request names."""
    return at_this_site(f"{user_pk_to_url_str(user)}-{PasswordLinks().make_token(user)}")


def at_this_site(key: str) -> str:
    uid, _dash, token = key.partition("-")
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
