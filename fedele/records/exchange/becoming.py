"""What becomes of a row whose values are sound: a new record, a change, nothing, or a problem after all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from fedele.records.declare import RecordType
from fedele.records.exchange.candidates import Candidate
from fedele.records.exchange.mapping import needed
from fedele.records.exchange.policies import KEEP, policy_of, taken


class Judge:
    def __init__(
        self,
        record_type: RecordType,
        headers: dict[str, str],
        rules: dict[str, Any],
        user: Any,
        policies: dict[str, str] | None = None,
        provenance: int | None = 0,
    ) -> None:
        self.record_type, self.headers, self.rules, self.user = record_type, headers, rules, user
        #: {field: policy} of columns that say something of their own.
        self._policies = policies or {}
        #: Where the new records come from: an id, 0 for nowhere; None as long as nobody has said so.
        self._provenance = provenance
        self.blank: Callable[[], Any] = record_type.model
        self._key = record_type.exchange.key
        self._needed = needed(record_type, user)
        self._creates_for_all = user.rights.reach(record_type.key, "create") == "all"

    def decide(self, one: Candidate) -> None:
        if one.record is not None:
            self._compare(one)
        else:
            self._make(one)

    def add(self, one: Candidate, name: str, value: Any) -> None:
        """One more value, known only after all rows of the batch were decided on."""
        is_there = one.fate in ("update", "unchanged")
        if is_there and self._taken(one.record, name, value) is KEEP:
            return
        one.values[name] = value
        one.record.put({name: value})
        if is_there and (one.record.changes() or _is_to_be_made(value)):
            one.fate = "update"
        self._check(one, one.record)

    def _compare(self, one: Candidate) -> None:
        if not self.user.rights.covers(one.record, "edit"):
            one.add_problem("", _("%(record)s is already there, and you may not change it.") % {"record": one.record})
            return
        values = {
            name: kept
            for name, value in one.values.items()
            if name != self._key and (kept := self._taken(one.record, name, value)) is not KEEP
        }
        one.record.put(values)
        if one.record.changes() or any(_is_to_be_made(value) for value in values.values()):
            one.fate, one.values = "update", values
            self._check(one, one.record)
        else:
            one.fate = "unchanged"

    def _taken(self, record: Any, name: str, value: Any) -> Any:
        return taken(record, name, value, policy_of(self.rules, self._policies.get(name, "")))

    def _make(self, one: Candidate) -> None:
        # A number nobody here has: the record it came from is gone, or of another house. It gets one of ours.
        one.values.pop(self._key, None)
        for name, other in self.record_type.exchange.defaults.items():
            if not one.values.get(name) and one.values.get(other):
                one.values[name] = one.values.pop(other)
        for field in self._needed:
            if one.values.get(field.name) in (None, "", []):
                one.add_problem(field.name, _("“%(field)s” is missing.") % {"field": field.label})
        exchange = self.record_type.exchange
        if exchange.provenance_required and self._provenance is None:
            one.add_problem("", _("Say on the page of the columns where these names come from."))
        if one.problems:
            return
        one.record = self.blank()
        one.record.put(one.values)
        if "owner" not in one.values:
            one.record.owner_id, one.record.team_id = self.rules.get("owner_id"), self.rules.get("team_id")
        if exchange.provenance and self._provenance and exchange.provenance not in one.values:
            setattr(one.record, f"{exchange.provenance}_id", self._provenance)
        if not self._creates_for_all and not self.user.rights.covers(one.record, "create"):
            one.add_problem("owner", _("You may not create records for this person."))
            return
        self._check(one, one.record)

    def _check(self, one: Candidate, record: Any) -> None:
        """The record's own rules across its fields; each field was checked when its cell was read."""
        try:
            record.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    one.add_problem("" if name == NON_FIELD_ERRORS else name, message)


def _is_to_be_made(value: Any) -> bool:
    return hasattr(value, "_state") and value.pk is None
