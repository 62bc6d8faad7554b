"""How allauth behaves here: colleagues are invited, nobody signs up by themselves, and every sign-in leaves a trace."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fedele.access import secrets, watching
from fedele.access.browsers import browser_of
from fedele.access.links import at_this_site

#: Mails whose link is made where they are sent; everything else is plain text.
RESET_LINK, UNKNOWN = "account/email/password_reset_key", "account/email/unknown_account"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account has been switched off. Ask an administrator."),
        "email_password_mismatch": _("E-mail address and password do not match. Check both and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not valid. It may have run out: take the next one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        return at_this_site(key)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            watching.sign_in_throttled(request, credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        watching.sign_in_failed(request, credentials)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        from fedele.access.mailing import deliver, send_password_link, send_unknown_address

        if template_prefix == RESET_LINK:
            send_password_link.enqueue(context["user"].pk)
        elif template_prefix == UNKNOWN:
            send_unknown_address.enqueue(email, get_language() or settings.LANGUAGE_CODE)
        else:
            message = self._message(template_prefix, email, context)
            deliver.enqueue(email, message.subject, message.body)

    def _message(self, template_prefix: str, email: str, context: dict[str, Any]) -> Any:
        """The mail in its reader's language, signed with the name of this installation."""
        request = allauth_context.request
        site = SimpleNamespace(name="Fedele", domain=settings.SITE_URL)
        reader = context.get("user") or request.user
        with translation.override(getattr(reader, "language", None) or get_language()):
            return self.render_mail(template_prefix, email, {"request": request, "current_site": site, **context})


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens the account of a colleague who already has one with this address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        address = (sociallogin.user.email or "").lower()
        user = get_user_model().objects.filter(email=address, is_active=True).first() if address else None
        if user and any(known.verified for known in sociallogin.email_addresses if known.email.lower() == address):
            sociallogin.connect(request, user)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are kept encrypted with the installation's key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: str) -> str:  # noqa: A002 (the library calls it so)
        """What a new key is called unless its owner says otherwise: the browser it is made in."""
        return browser_of(get_adapter().get_http_user_agent(allauth_context.request))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Fedele"}
