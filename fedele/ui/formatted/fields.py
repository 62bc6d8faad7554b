"""A form's field for a text that may be formatted. Without JavaScript it is an ordinary text area."""

from __future__ import annotations

from typing import Any

from django import forms

from fedele.ui.formatted.text import Formatted

#: Behind the name of a field: what the editor sends.
HTML = "-html"
#: The same text with its tags is longer, within reason.
MOST_TIMES = 4


class FormattedArea(forms.Textarea):
    kind = "formatted"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name + HTML in data:
            return Formatted.of(data[name + HTML])
        typed = data.get(name)
        return None if typed is None else Formatted(typed.replace("\r\n", "\n"))


class FormattedField(forms.CharField):
    """Its value is a `Formatted`."""

    widget = FormattedArea

    def to_python(self, value: Any) -> Formatted:
        if not isinstance(value, Formatted):
            return Formatted(super().to_python(value) or "")
        bare = value.strip()
        return value if bare == value else Formatted(bare, value.html)

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if self.max_length and len(value.html) > MOST_TIMES * self.max_length:
            super().run_validators("x" * (self.max_length + 1))
