"""How allauth behaves here: colleagues are invited, nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth import get_user_model
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens the account of a colleague who already has one with this address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:  # type: ignore[no-untyped-def]
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin) -> None:  # type: ignore[no-untyped-def]
        if sociallogin.is_existing:
            return
        address = (sociallogin.user.email or "").lower()
        user = get_user_model().objects.filter(email=address, is_active=True).first() if address else None
        if user and any(known.verified for known in sociallogin.email_addresses if known.email.lower() == address):
            sociallogin.connect(request, user)
