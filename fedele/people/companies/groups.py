from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


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
