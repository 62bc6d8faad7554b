"""What is asked when something is moved on the calendar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.calendar.activities.clock import ClockField
from fedele.calendar.planner.colleagues import colleagues

THIS, FOLLOWING = "this", "following"


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=picker, help_text=help_text)


class MoveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    day = _day(gettext_lazy("Day"))
    at = forms.CharField(
        label=gettext_lazy("Time"), required=False, max_length=8, help_text=gettext_lazy("Empty: some time that day.")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Length, minutes"), required=False, min_value=1, max_value=6000)
    until = _day(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: over the same day."))
    owner = forms.ModelChoiceField(label=gettext_lazy("Whose"), queryset=None, required=False)
    which = forms.ChoiceField(
        label=gettext_lazy("Of the series"),
        choices=[(THIS, gettext_lazy("only this date")), (FOLLOWING, gettext_lazy("this one and all that follow"))],
        error_messages={"required": gettext_lazy("It is one of a series: choose what moves.")},
    )

    def __init__(self, *args: Any, user: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [one.pk for one in colleagues(user)]
        self.fields["owner"].queryset = get_user_model().objects.filter(pk__in=able)  # type: ignore[attr-defined]
        if not record.is_series:
            del self.fields["which"]

    def clean_at(self) -> str:
        return str(ClockField().to_python(self.cleaned_data["at"]))

    def clean_until(self) -> Any:
        until, day = self.cleaned_data["until"], self.cleaned_data.get("day")
        if until and day and until < day:
            raise forms.ValidationError(_("It does not end before it begins."))
        return until

    @property
    def further(self) -> dict[str, Any]:
        """What a verb that moves is told besides: the last day if it was asked for, and how much of a series."""
        said = {"following": self.cleaned_data.get("which") == FOLLOWING}
        # Who drags it says nothing of its end: it lasts as long as before.
        return {**said, "until": self.cleaned_data["until"]} if "until" in self.data else said


def known(record: Any, day: Any = None) -> dict[str, Any]:
    """What the form begins with: where it stands now, or on a day of its series."""
    shift = (day - record.due_on) if day and record.due_on else None
    return {
        "version": record.version, "day": day or record.due_on, "at": record.due_at, "minutes": record.minutes,
        "until": record.until_on + shift if shift and record.until_on else record.until_on, "owner": record.owner_id,
    }  # fmt: skip
