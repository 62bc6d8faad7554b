"""Templates to text: a whole page, or one block of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template import engines
from jinja2 import Environment, Template

from fedele.ui.shell import context_of


def jinja() -> Environment:
    return engines["jinja2"].env  # type: ignore[attr-defined,no-any-return]


def page(request: HttpRequest, template: str, context: dict[str, Any] | None = None) -> str:
    return jinja().get_template(template).render(_names(request, context))


def part(request: HttpRequest, template: str, block: str, context: dict[str, Any] | None = None) -> str:
    return block_of(jinja().get_template(template), block, _names(request, context))


def block_of(template: Template, block: str, names: dict[str, Any]) -> str:
    """Renders one block. The template is begun, so that its imports are there, and left at its first output."""
    context = template.new_context(names)
    next(iter(template.root_render_func(context)), None)
    return "".join(context.blocks[block][0](context))


def _names(request: HttpRequest, context: dict[str, Any] | None) -> dict[str, Any]:
    names = context_of(request)
    token = names["csrf_token"]
    names["csrf_input"] = _LazyMarkup(lambda: f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">')
    names.update(context or {})
    return names


class _LazyMarkup:
    """Markup made when it is printed: asking for the token marks the answer as personal and sets a cookie."""

    def __init__(self, make: Any) -> None:
        self.make = make

    def __html__(self) -> str:
        return str(self.make())
