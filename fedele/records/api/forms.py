"""An address that takes JSON and, where a department has said so, a form with a file as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja.operation import Operation, PathView

from fedele.records.api.doors import Refusal

MULTIPART = "multipart/form-data"


@dataclass(frozen=True)
class FormDoor:
    """How a form becomes a record."""

    #: (request) → (status, record); reads the form by `fields_of_form` once it knows that it is not too big.
    take: Callable[[HttpRequest], tuple[int, Any]]
    #: Its fields as JSON Schema, and those that are needed.
    fields: dict[str, Any]
    needed: tuple[str, ...]
    #: What it may answer besides what creating by JSON may.
    answers: dict[int, Any] = field(default_factory=dict)


class TwoWays(PathView):
    """Of two operations for the same method the later one takes forms."""

    def _find_operation(self, request: HttpRequest) -> Operation | None:
        found = [one for one in self.operations if request.method in one.methods]
        if not found:
            return None
        return found[-1] if request.content_type == MULTIPART else found[0]

    def clone(self) -> PathView:
        made = type(self)()
        made.__dict__.update(super().clone().__dict__)
        return made


def described(fields: dict[str, Any], needed: tuple[str, ...]) -> dict[str, Any]:
    """A form as OpenAPI says it, beside whatever else the operation takes."""
    schema = {"type": "object", "properties": fields, "required": list(needed), "additionalProperties": False}
    return {"requestBody": {"content": {MULTIPART: {"schema": schema}}}}


def fields_of_form(request: HttpRequest, known: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """(texts, files) by name, the last of each; a form that is broken or has other fields is refused."""
    try:
        texts, files = request.POST.dict(), request.FILES.dict()
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise Refusal(400, _("This form cannot be read.")) from error
    unknown = sorted({*texts, *files} - set(known))
    if unknown:
        raise Refusal(422, _("Some values are not right."), {name: [_("There is no such field.")] for name in unknown})
    return texts, files
