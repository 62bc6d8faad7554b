"""Mail about one's own account. It leaves from a job: a page neither waits for the mail server nor fails with it, and
takes the same time whether an address is known or not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from fedele.access.links import INVITATION, RESET, password_link
from fedele.tasks.jobs import job


@job(retries=6, backoff=20)
def deliver(to: str, subject: str, text: str) -> None:
    EmailMessage(" ".join(subject.split()), text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]).send()


@job(retries=6, backoff=20)
def send_password_link(user_id: int, invited_by: str = "") -> None:
    """The link is made here, so that it lies in no queue."""
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        hours, days = RESET.total_seconds() // 3600, INVITATION.days
        names = {
            "name": str(user),
            "link": password_link(user),
            "invited_by": invited_by,
            "hours": int(hours),
            "days": days,
        }
        _send(user.email, "invitation" if invited_by else "reset", names)


@job(retries=6, backoff=20)
def send_unknown_address(address: str, language: str) -> None:
    with translation.override(language):
        _send(address, "unknown", {})


def _send(to: str, name: str, names: dict[str, Any]) -> None:
    names = {**names, "site": settings.SITE_URL}
    subject, _line, text = render_to_string(f"access/mail/{name}.txt", names).strip().partition("\n")
    EmailMessage(subject, text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]).send()
