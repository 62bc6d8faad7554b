from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fedele.people.lifecycle.facts import signs
from fedele.people.lifecycle.phases import Phase
from fedele.people.lifecycle.rules import Rules, guide

MOST_MONTHS = 240


def _number(label: Any, least: int = 1, most: int = MOST_MONTHS, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **more)


class RulesForm(forms.Form):
    """The company's rules; a sign whose number is empty does not count."""

    gap_days = _number(_("Orders closer together than (days) are one purchase"), 0, 365)
    loyal_count = _number(_("Purchases"), 1, 50)
    loyal_months = _number(_("within (months)"))
    loyal_after = _number(_("and a customer for at least (months)"), 0)
    silence_factor = forms.DecimalField(
        label=_("No purchase for so many times the usual interval"),
        min_value=1,
        max_value=20,
        decimal_places=1,
        localize=True,
    )
    silence_least = _number(_("but for at least (months)"))
    silence_single = _number(_("after a single purchase, for (months)"))
    lost_months = _number(_("No purchase for (months)"))

    LOYAL = ("loyal_count", "loyal_months", "loyal_after")
    SILENCE = ("silence_factor", "silence_least", "silence_single")

    def __init__(self, data: Any = None, *, now: Rules) -> None:
        initial = {name: getattr(now, name) for name in Rules.__dataclass_fields__ if name != "signs"}
        initial |= {f"sign_{key}": now.signs.get(key) for key in signs}
        super().__init__(data, initial=initial)
        for one in signs.values():
            least, most = (1, 5) if one.unit == "mark" else (0, 3650)
            self.fields[f"sign_{one.key}"] = _number(capfirst(str(one.label)), least, most, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("lost_months") and data.get("silence_single") and data["lost_months"] < data["silence_single"]:
            raise ValidationError(
                {"lost_months": _("A customer is at risk before it is lost: give a longer time here.")}
            )
        return data

    @property
    def groups(self) -> list[tuple[Any, Any, list[Any]]]:
        """(heading, what it means, fields)"""
        own = [self[f"sign_{key}"] for key in signs]
        return [
            (_("What counts as one purchase"), "", [self["gap_days"]]),
            (_("When a customer is loyal"), _("All three must hold."), [self[name] for name in self.LOYAL]),
            (_("At risk by silence"), "", [self[name] for name in self.SILENCE]),
            (_("At risk by other signs"), _("An empty number: this sign does not count."), own),
            (_("When a customer is lost"), "", [self["lost_months"]]),
        ]

    def rules(self) -> Rules:
        data = self.cleaned_data
        limits = {key: data[f"sign_{key}"] for key in signs if data[f"sign_{key}"] is not None}
        plain = {name: data[name] for name in Rules.__dataclass_fields__ if name in data}
        return Rules(**{**plain, "silence_factor": float(plain["silence_factor"]), "signs": limits})


class GuideForm(forms.Form):
    """What is suggested in each phase, an action a line."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={phase: "\n".join(guide(phase)) for phase in Phase.values})
        for phase in Phase:
            self.fields[phase.value] = forms.CharField(
                label=capfirst(str(phase.label)), required=False, max_length=2000, widget=forms.Textarea
            )
