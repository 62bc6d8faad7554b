"""Names in a file that stand for other records: an owner by e-mail, a company by name. A few statements a column and batch."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fedele.records.exchange.mapping import fold
from fedele.records.fields import RecordField, fields_of
from fedele.records.registry import registry
from fedele.search.naming import key_of, named

#: So many people, or rows of a small table, are looked through; more are no choice for a column.
MOST = 2_000


class Finder:
    """Finds the records a column names, and makes those it may make out of a name alone."""

    def __init__(self, field: RecordField, user: Any, rules: dict[str, Any]) -> None:
        self.field, self.user, self.rules = field, user, rules
        self.record_type = registry.get(field.target._meta.model_name)
        self.may_create = bool(
            rules.get("create_related") and self.record_type and user.rights.may("create", self.record_type.key)
        )
        self._known: dict[str, list[Any]] = {} if self.record_type else self._all()
        #: Keys of names that stand for no record yet: how many there would be in the whole file.
        self.new_names: set[int] = set()

    def _all(self) -> dict[str, list[Any]]:
        """Everything a small table has to offer: people by e-mail and name, other rows by name."""
        known: dict[str, list[Any]] = defaultdict(list)
        if self.field.kind == "user":
            for user in get_user_model().objects.filter(is_active=True).order_by("pk")[:MOST]:
                for key in {fold(user.email), fold(str(user))}:
                    known[key].append(user)
        else:
            for row in self.field.target.objects.all()[:MOST]:
                known[fold(str(row))].append(row)
        return known

    def prepare(self, cells: set[str]) -> None:
        """Looks up all names of a batch at once, and forgets those of the batch before."""
        if self.record_type is None:
            return
        self._known = defaultdict(list)
        cells.discard("")
        if not cells:
            return
        visible = self.field.target.objects.visible_to(self.user)
        for record in visible.filter(number__in=cells):
            self._known[key_of(record.number)].append(record)
        ids = named(self.record_type.key, cells)
        called = {key: name for name, keys in ids.items() for key in keys}
        for record in visible.filter(pk__in=called).order_by("pk"):
            self._known[called[record.pk]].append(record)
        self._prepare_odd({cell for cell in cells if not key_of(cell)}, visible)

    def _prepare_odd(self, cells: set[str], visible: Any) -> None:
        """Names without a letter or digit, which search does not know."""
        search = self.record_type.search if self.record_type else None
        if cells and search and len(search.title) == 1:
            for record in visible.filter(**{f"{search.title[0]}__in": cells}).order_by("pk"):
                self._known[str(record)].append(record)

    def __call__(self, cell: str, current: int | None) -> Any:
        """The record called so; of several the one that stands there already (`current`, its id)."""
        key = (key_of(cell) or cell) if self.record_type else fold(cell)
        found = self._known.get(key, ())
        if len(found) > 1:
            found = [record for record in found if str(record) == cell] or found
        if len(found) == 1:
            return found[0]
        if found:
            return self._one_of(found, cell, current)
        return self._make(cell, key)

    def _one_of(self, found: Any, cell: str, current: int | None) -> Any:
        for record in found:
            if record.pk == current:
                return record
        if self.field.kind == "user":
            raise ValidationError(
                _("%(count)s people are called “%(value)s”: give the e-mail address of the one you mean.")
                % {"count": len(found), "value": cell[:60]}
            )
        if self.record_type is None:
            return found[0]
        raise ValidationError(
            _("%(count)s records are called “%(value)s”: give the number of the one you mean.")
            % {"count": len(found), "value": cell[:60]}
        )

    def _make(self, cell: str, key: str) -> Any:
        values = self.record_type.named(cell) if self.record_type and self.may_create and key else None
        if not values:
            raise ValidationError(_("“%(value)s” is not known here.") % {"value": cell[:60]})
        assert self.record_type is not None
        fields = fields_of(self.record_type)
        record = self.field.target(**{name: fields[name].clean(value) for name, value in values.items()})
        record.owner_id, record.team_id = self.rules.get("owner_id"), self.rules.get("team_id")
        if not self.user.rights.covers(record, "create"):
            record.owner_id, record.team_id = self.user.pk, self.user.team_id
        self._known[key] = [record]
        self.new_names.add(hash(key))
        return record
