"""A week as a table one types times into, and a day of closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fedele.calendar.activities.clock import minute_of, read_time
from fedele.calendar.hours.models import Closing
from fedele.calendar.hours.week import Span, Week
from fedele.ui.moments import weekday

#: Of each day: begins, pause from, pause until, ends.
PARTS = {
    "begins": gettext_lazy("Begins"),
    "pause": gettext_lazy("Pause from"),
    "resumes": gettext_lazy("Pause until"),
    "ends": gettext_lazy("Ends"),
}
#: A Monday.
MONDAY = dt.date(2026, 11, 23)


class WeekForm(forms.Form):
    """`week()` gives what was typed once the form is valid."""

    def __init__(self, *args: Any, week: Week, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[tuple[str, list[str]]] = []
        for n, kept in enumerate(week.kept()):
            day = weekday(MONDAY + dt.timedelta(days=n)).capitalize()
            at = dict(
                zip(
                    PARTS, kept if len(kept) == 4 else [*kept[:1], "", "", *kept[1:]] if kept else [""] * 4, strict=True
                )
            )
            names = [f"day{n}_{part}" for part in PARTS]
            for name, part in zip(names, PARTS, strict=True):
                label = f"{day}: {PARTS[part]}"
                self.fields[name] = forms.CharField(required=False, max_length=5, label=label, initial=at[part])
            self.rows.append((day, names))

    @property
    def days(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        return ((day, [self[name] for name in names]) for day, names in self.rows)

    def clean(self) -> dict[str, Any]:
        for _day, names in self.rows:
            self._read_times(names)
            if not any(name in self.errors for name in names):
                self._check(names)
        return self.cleaned_data

    def _read_times(self, names: list[str]) -> None:
        for name in names:
            try:
                at = read_time(self.cleaned_data.get(name, ""))
                self.cleaned_data[name] = at.strftime("%H:%M") if at else ""
            except ValidationError as wrong:
                self.add_error(name, wrong)

    def _check(self, names: list[str]) -> None:
        begins, pause, resumes, ends = (self.cleaned_data[name] for name in names)
        if bool(begins) != bool(ends):
            self.add_error(names[0] if not begins else names[3], _("A day has a beginning and an end, or neither."))
        elif bool(pause) != bool(resumes):
            self.add_error(names[1] if not pause else names[2], _("A pause has a beginning and an end."))
        elif pause and not begins:
            self.add_error(names[0], _("A pause is of a day on which one works."))
        elif not _follow_each_other([at for at in (begins, pause, resumes, ends) if at]):
            self.add_error(names[3], _("These times do not follow each other."))

    def week(self) -> Week:
        return Week(tuple(self._spans(names) for _day, names in self.rows))

    def _spans(self, names: list[str]) -> tuple[Span, ...]:
        at = [minute_of(one) for name in names if (one := self.cleaned_data[name])]
        pairs = zip(at[::2], at[1::2], strict=True)
        return tuple((begins, ends) for begins, ends in pairs if ends > begins)


def _follow_each_other(times: list[str]) -> bool:
    return times == sorted(times) and (not times or times[0] < times[-1])


class HouseForm(WeekForm):
    with_holidays = forms.BooleanField(
        label=gettext_lazy("Closed on the public holidays of the country"), required=False
    )


class ClosingForm(forms.ModelForm):
    class Meta:
        model = Closing
        fields = ["name", "first_day", "last_day", "every_year"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("first_day", "last_day")
        }
