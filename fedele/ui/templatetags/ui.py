"""The few tags the Django templates of libraries need to wear the product's shell."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from fedele.ui import jinja
from fedele.ui.shell import Shell

register = template.Library()


@register.simple_tag
def icon(name: str, label: str | None = None) -> SafeString:
    return mark_safe(jinja.icon(name, label))  # noqa: S308


@register.simple_tag(takes_context=True)
def csp_nonce(context: dict[str, Any]) -> str:
    return jinja.csp_nonce(context["request"])


@register.simple_tag(takes_context=True)
def shell(context: dict[str, Any]) -> Shell:
    return Shell(context["request"])
