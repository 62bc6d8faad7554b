from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

#: A group is followed so many levels down, and counts at most so many companies.
DEPTH, MOST = 5, 200


class Grouped(models.Model):
    """A company may belong to another: a branch, a subsidiary, a member of a consortium."""

    parent = models.ForeignKey(
        "people.Company",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="subsidiaries",
        verbose_name=_("part of"),
        db_index=False,
    )

    class Meta:
        abstract = True

    def clean_group(self) -> None:
        """A company is not its own ancestor."""
        if self.pk is None or self.parent_id is None:
            return
        seen, above = {self.pk}, self.parent
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("This would make the company part of itself.")})
            seen.add(above.pk)
            above = above.parent

    def group_ids(self, user: Any) -> list[int]:
        """All companies of the group as far as `user` may see them, this one first; one statement for each level."""
        level = {self._head()}
        found = set(level)
        for _deeper in range(DEPTH):
            below = type(self).objects.filter(parent__in=level, trashed_at=None).values_list("pk", flat=True)
            level = set(below[:MOST]) - found
            found |= level
            if not level or len(found) >= MOST:
                break
        seen = type(self).objects.visible_to(user).filter(pk__in=found - {self.pk}).values_list("pk", flat=True)  # type: ignore[attr-defined]
        return [self.pk, *sorted(seen)[: MOST - 1]]

    def _head(self) -> int:
        """The company at the top; what lies in the trash holds nobody together."""
        here, seen = self, {self.pk}
        while here.parent is not None and here.parent.trashed_at is None and here.parent.pk not in seen:  # type: ignore[attr-defined]
            here = here.parent
            seen.add(here.pk)
        return here.pk
