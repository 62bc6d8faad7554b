"""Names in a file that stand for other records: an owner by e-mail, a company by name. One statement a column and batch."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fedele.records.exchange.mapping import fold
from fedele.records.fields import RecordField
from fedele.records.registry import registry


class Finder:
    """Finds the records a column names, and makes those it may make."""

    def __init__(self, field: RecordField, user: Any, *, create: bool) -> None:
        self.field, self.user = field, user
        self.record_type = registry.get(field.target._meta.model_name)
        self.create = create and self.record_type is not None and user.rights.may("create", self.record_type.key) and self._is_named
        self.known: dict[str, Any] = {}
        #: Records this finder made in the batch at hand, still to be written.
        self.made: list[Any] = []

    @property
    def _is_named(self) -> bool:
        """Only what needs nothing but a name can be made out of a name."""
        fields = self.field.target._meta.concrete_fields
        needed = {f.name for f in fields if not (f.blank or f.null or f.has_default() or f.primary_key)}
        return needed <= {"name"} and hasattr(self.field.target, "name")

    def prepare(self, cells: set[str]) -> None:
        """Looks up all names of a batch at once."""
        wanted = {cell for cell in cells if fold(cell) not in self.known}
        if not wanted:
            return
        for keys, record in self._candidates(wanted):
            for key in keys:
                self.known.setdefault(key, record)

    def _candidates(self, wanted: set[str]) -> list[tuple[list[str], Any]]:
        target = self.field.target
        if self.field.kind == "user":
            users = get_user_model().objects.filter(is_active=True)[:2000]
            return [([fold(user.email), fold(str(user))], user) for user in users]
        if self.record_type is None:
            return [([fold(str(row))], row) for row in target.objects.all()[:2000]]
        visible = target.objects.visible_to(self.user)
        found = list(visible.filter(number__in=wanted))
        if hasattr(target, "name"):
            found += list(visible.filter(name__in=wanted).order_by("-pk"))
        return [([fold(record.number or ""), fold(str(record))], record) for record in found]

    def __call__(self, cell: str) -> Any:
        record = self.known.get(fold(cell))
        if record is None and self.create:
            record = self.field.target(name=cell[:200], owner=self.user, team_id=self.user.team_id)
            self.known[fold(cell)] = record
            self.made.append(record)
        if record is None:
            raise ValidationError(_("“%(value)s” is not known here.") % {"value": cell[:60]})
        return record

    def take_made(self) -> list[Any]:
        made, self.made = self.made, []
        return made
