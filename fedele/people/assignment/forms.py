"""The form of a rule: where, which, to whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fedele.people.assignment.models import GROUPS, Area, How, Rule
from fedele.people.assignment.places import PROVINCES_OF, read_postcodes
from fedele.people.assignment.shown import workers
from fedele.people.identity.provinces import PROVINCES
from fedele.records.fields import fields_of
from fedele.records.filtering import BadFilter, Condition, condition_q, parse
from fedele.records.listing.filters import Builder, builder_of
from fedele.records.query import ListQuery
from fedele.records.registry import registry

MOST_CONDITIONS = 12
#: Words that mean something else for each reader: no rule can mean them.
PERSONAL = {"me", "team"}


class RuleForm(forms.ModelForm):
    class Meta:
        model = Rule
        fields = ["name", "is_active", "postcodes", "how", "person", "team", "people", "line", "most_open"]
        help_texts = {
            "people": _("Empty: everybody in the team, and in the teams below it, who works leads."),
            "most_open": _("Who has as many gets no more; a limit of their own goes before this one."),
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.conditions = by, []
        # Whom the rule names already stays a choice, also for who does not lead them.
        known = {one.pk for one in workers(by)} | {self.instance.person_id}
        if self.instance.pk:
            known |= {one.pk for one in self.instance.people.all()}
        active = get_user_model().objects.filter(pk__in=known - {None})
        for name in ("person", "people"):
            self.fields[name].queryset = active.order_by("first_name", "last_name")  # type: ignore[attr-defined]
        lines = sorted({*Area.objects.values_list("line", flat=True).distinct(), self.instance.line or ""} - {""})
        label, choices = (
            capfirst(str(Rule._meta.get_field("line").verbose_name)),
            [("", _("all products")), *((one, one) for one in lines)],
        )
        self.fields["line"] = forms.ChoiceField(label=label, required=False, choices=choices)

    def clean_postcodes(self) -> str:
        text = str(self.cleaned_data["postcodes"]).strip()
        read_postcodes(text)
        return text

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        how = data.get("how")
        if how == How.PERSON and not data.get("person"):
            self.add_error("person", _("Choose who gets them."))
        if how in GROUPS and not data.get("team") and not data.get("people"):
            self.add_error("team", _("Choose a team, or some people."))
        if how == How.AREA and not Area.objects.filter(line=data.get("line", "")).exists():
            self.add_error("how", _("The table of areas is empty: fill it in first."))
        self.instance.provinces = read_provinces(self.data)
        self.conditions, problem = read_conditions(self.instance.record_type, self.data, self.by)
        if problem:
            self.add_error(None, problem)
        query = QueryDict(mutable=True)
        query.setlist("f", [str(one) for one in self.conditions])
        self.instance.query = query.urlencode()
        return data


def read_provinces(data: QueryDict) -> list[str]:
    """Codes of the provinces ticked, and of all in the regions ticked, in the order of the list."""
    chosen = {code for region in data.getlist("region") for code in PROVINCES_OF.get(region, ())}
    chosen |= set(data.getlist("province")) & set(PROVINCES)
    if Area.ABROAD in data.getlist("province"):
        chosen.add(Area.ABROAD)
    return [code for code in (*PROVINCES, Area.ABROAD) if code in chosen]


def read_conditions(record_type: str, data: QueryDict, user: Any) -> tuple[list[Condition], str]:
    """The lines of the form, and what is wrong with the first wrong one."""
    fields, found = fields_of(registry.by_key(record_type), user), []
    for at in range(MOST_CONDITIONS):
        name = data.get(f"field-{at}", "")
        if not name:
            continue
        if name not in fields:
            return found, str(BadFilter(_("There is no field “%(name)s”.") % {"name": name}).message)
        values = tuple(value.replace("\x00", "") for value in data.getlist(f"value-{at}"))
        condition = Condition(fields[name], data.get(f"op-{at}", ""), values)
        try:
            condition = parse(str(condition), fields)
            if fields[name].kind == "user" and PERSONAL & set(condition.values):
                raise BadFilter(_("“me” and “my team” are somebody else for each reader: choose a person."))
            condition_q(condition, user)
        except BadFilter as error:
            return [*found, condition], str(error.message)
        except ValidationError as error:
            return [*found, condition], " ".join(error.messages)
        found.append(condition)
    return found, ""


def row_of(record_type: str, user: Any, field: str, operator: str, values: tuple[str, ...]) -> Builder:
    """One line of the conditions as it is drawn."""
    query = ListQuery.read(registry.by_key(record_type), user, "")
    row = builder_of(query, field, operator, values)
    return replace(row, options=[one for one in row.options if one[0] not in PERSONAL], values=tuple(values))
